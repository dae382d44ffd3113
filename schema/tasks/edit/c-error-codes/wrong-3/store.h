#ifndef STORE_H
#define STORE_H

#include "status.h"

#include <stddef.h>

enum { STORE_KEY = 8, STORE_VALUE = 12, STORE_ENTRIES = 3 };

/* A zeroed one is empty. */
struct store {
	struct entry {
		char key[STORE_KEY]; /* "": this entry is free */
		char value[STORE_VALUE];
	} entries[STORE_ENTRIES];
};

/* A key is never "". A value of NULL removes the key. */
enum status store_set(struct store *s, const char *key, const char *value);
enum status store_get(const struct store *s, const char *key, const char **ret_value);
enum status store_remove(struct store *s, const char *key);

#endif
