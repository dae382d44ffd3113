#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

/* A text that does not change any more. */
struct text;

struct text *text_new(const char *bytes, size_t n); /* copies them; aborts if there is no memory */
struct text *text_keep(struct text *t); /* one owner more */
void text_drop(struct text *t); /* one owner less, the last frees it; NULL is allowed */

const char *text_bytes(const struct text *t); /* with a NUL behind them */
size_t text_length(const struct text *t);

long text_alive(void); /* texts that have been made and not freed */

#endif
