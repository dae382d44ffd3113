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

bool doc_add(struct doc *d, struct text *line); /* keeps it; false: no room */
bool doc_set(struct doc *d, size_t i, struct text *line); /* keeps it; false: no such line */
struct text *doc_line(const struct doc *d, size_t i); /* NULL: no such line */
void doc_remove(struct doc *d, size_t i); /* nothing if there is no such line */
void doc_copy(struct doc *to, const struct doc *from); /* `to` loses what it had */
void doc_clear(struct doc *d);

/* Makes one of two lines; false: there are not two. */
bool doc_join(struct doc *d, size_t line);

/* Inserts the lines of `from`, which may be `to`, before `line`, as far as there is room. */
void doc_insert(struct doc *to, size_t line, const struct doc *from);

#endif
