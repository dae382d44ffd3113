#ifndef VALUES_H
#define VALUES_H

#include <stdbool.h>
#include <stddef.h>

enum { VALUES_MAX = 8, VALUE_NAME = 16, VALUE_TEXT = 32 };

/* Zeroed, it is empty. */
struct values {
	struct value {
		char name[VALUE_NAME], text[VALUE_TEXT];
	} at[VALUES_MAX];
	size_t count;
};

/* Sets a value, or replaces it. False, with nothing changed, if name or text does not fit with its NUL, the name is empty, or there is no room. */
bool values_set(struct values *v, const char *name, const char *text);

/* The text of the value whose name is exactly these `n` bytes; NULL: none. */
const char *values_get(const struct values *v, const char *name, size_t n);

#endif
