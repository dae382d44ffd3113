#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From uint32_t keys to int values, in TABLE_SLOTS slots: all of them can be used. Any key is allowed. `hash` is the
 * caller's (it need not be good: many or all keys may have the same). A zeroed table with `hash` set is an empty one. */
enum { TABLE_SLOTS = 16 };

enum slot_state { SLOT_EMPTY, SLOT_USED, SLOT_GONE };

struct table {
	uint32_t (*hash)(uint32_t key);
	size_t count; /* entries that are in it */
	struct slot {
		uint32_t key;
		int value;
		enum slot_state state;
	} slots[TABLE_SLOTS];
};

/* Sets the value of a key, whether it is there or not. False, with nothing changed, if it is not and the table is full. */
bool table_set(struct table *t, uint32_t key, int value);

/* True and the value in *ret, or false and *ret untouched. */
bool table_get(const struct table *t, uint32_t key, int *ret);

/* Takes the key out; false if it is not there. */
bool table_remove(struct table *t, uint32_t key);

/* Takes out all entries for which `drop` returns true; it is called exactly once for each entry that is in the table.
 * Returns how many. `drop` only looks; it does not change the table. */
size_t table_filter(struct table *t, bool (*drop)(uint32_t key, int value, void *context), void *context);

#endif
