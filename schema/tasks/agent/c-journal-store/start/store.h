#ifndef STORE_H
#define STORE_H

#include "journal.h"

struct store {
	uint8_t *block; /* the caller's */
	size_t room, used; /* used: up to the end of the last good record */
};

/* Takes up what is in the block: all records up to the first that is not good. */
void store_open(struct store *s, uint8_t *block, size_t room);

/* The value that a key was given last; NULL if there is none or it was removed. Good until the store changes. */
const uint8_t *store_get(const struct store *s, const char *key, size_t *ret_length);

/* Sets a value. If the journal has no room for the record, it is compacted first; false, if there is still none (the compaction stays
 * done) or a length is out of its range. `value` may point into the store (from store_get). A value that is what
 * the key has already is not written again. */
bool store_set(struct store *s, const char *key, const uint8_t *value, size_t length);

/* Removes a key: writes a record for that, after a compaction if need be. False: it is not there. If there is no room even so, the key's own record is left
 * out by the compaction. */
bool store_remove(struct store *s, const char *key);

/* Leaves only the last record of each key that has a value, in their order in the journal; returns how many bytes were won. */
size_t store_compact(struct store *s);

/* Calls `each` for every key that has a value, in the order of the records that gave it. */
void store_each(const struct store *s, void (*each)(const uint8_t *key, size_t key_length, const uint8_t *value, size_t length, void *context),
		void *context);

#endif
