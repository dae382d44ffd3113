#ifndef DOC_H
#define DOC_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>

enum { DOC_LINES = 10 };

/* A zeroed one is empty. */
struct doc {
	struct text *lines[DOC_LINES];
	size_t count;
};

bool doc_add(struct doc *d, const struct text *line); /* copies it; false: no room */
bool doc_set(struct doc *d, size_t i, const struct text *line); /* copies it; false: no such line */
const struct text *doc_line(const struct doc *d, size_t i); /* NULL: no such line */
void doc_remove(struct doc *d, size_t i); /* nothing if there is no such line */
void doc_copy(struct doc *to, const struct doc *from); /* `to` loses what it had */
void doc_clear(struct doc *d);

#endif
