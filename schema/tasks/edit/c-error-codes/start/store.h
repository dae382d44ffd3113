#ifndef STORE_H
#define STORE_H

#include <stddef.h>

enum { STORE_KEY = 8, STORE_VALUE = 12, STORE_ENTRIES = 3 };

/* A zeroed one is empty. */
struct store {
	struct entry {
		char key[STORE_KEY]; /* "": this entry is free */
		char value[STORE_VALUE];
	} entries[STORE_ENTRIES];
};

/* All return 0, or -1 if it could not be done. A key is never "". */
int store_set(struct store *s, const char *key, const char *value);
int store_get(const struct store *s, const char *key, const char **ret_value);
int store_remove(struct store *s, const char *key);

#endif
