#ifndef TAG_H
#define TAG_H

#include <stdbool.h>
#include <stddef.h>

enum { TAG_NAME = 8, TAG_NOTE = 12 };

/* Both texts are terminated, and the bytes behind their NUL are 0 up to the array's end
 * (tags are written to disk and compared with memcmp). */
struct tag {
	char name[TAG_NAME];
	char note[TAG_NOTE];
};

/* Sets both texts. One that does not fit with its NUL is cut; returns true if none
 * was. A NULL counts as "". Nothing outside of *t is changed. */
bool tag_set(struct tag *t, const char *name, const char *note);

/* Adds `text` to the end of the note, cut as above; true if it was not. NULL counts as "" here too. */
bool tag_add_note(struct tag *t, const char *text);

/* "name: note", or "name" alone if the note is empty, into `buf` of `size` bytes, cut
 * if it does not fit; always terminated if size > 0. Returns the length that it would have had. */
size_t tag_text(const struct tag *t, char *buf, size_t size);

#endif
