#include "tag.h"

#include <stdio.h>
#include <string.h>

/* Puts `text` behind the `at` bytes that are there already. */
static bool put(char *to, size_t size, size_t at, const char *text)
{
	size_t n = text ? strlen(text) : 0;
	size_t room = size - 1 - at;
	bool fits = n <= room;

	if (!fits)
		n = room;
	if (n)
		memmove(to + at, text, n);
	memset(to + at + n, 0, size - at - n);
	return fits;
}

bool tag_set(struct tag *t, const char *name, const char *note)
{
	bool name_fits = put(t->name, sizeof t->name, 0, name);
	bool note_fits = put(t->note, sizeof t->note, 0, note);

	return name_fits && note_fits;
}

bool tag_add_note(struct tag *t, const char *text)
{
	size_t used = strlen(t->note);

	strncat(t->note, text, sizeof t->note - used);
	return used + strlen(text) <= sizeof t->note;
}

size_t tag_text(const struct tag *t, char *buf, size_t size)
{
	int length = snprintf(buf, size, "%s%s%s", t->name, t->note[0] ? ": " : "", t->note);

	return (size_t)length;
}
