#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>
#include <stddef.h>

enum { CACHE_ROOM = 4, CACHE_NONE = -1 };

/* Values by key, with a cost each; at most CACHE_ROOM of them, and at most `cost_max` cost altogether. Whoever puts one
 * in hands it over: the cache calls `drop` for it exactly once, when it leaves the cache for whatever reason. */
struct cache {
	unsigned cost_max;
	void (*drop)(int key, void *value, void *context);
	void *context;
	unsigned cost; /* of all that are in it */
	int newest, oldest; /* CACHE_NONE: it is empty */
	int unused; /* the first slot that is not in use, chained by `older`; CACHE_NONE: none */
	struct {
		int key;
		void *value;
		unsigned cost;
		int newer, older;
	} at[CACHE_ROOM];
};

void cache_begin(struct cache *c, unsigned cost_max, void (*drop)(int key, void *value, void *context), void *context);

/* Makes it the newest. One of the same key is dropped first (even where the new one does not fit). Then, as long as there is no
 * room or not enough cost left, the oldest ones are dropped. A value whose cost alone is greater than `cost_max` is dropped at once itself, and
 * no other one is dropped for it: false. A cost of 0 is allowed. */
bool cache_put(struct cache *c, int key, void *value, unsigned cost);

/* The value, which becomes the newest; NULL: not there. */
void *cache_get(struct cache *c, int key);

/* Drops one; false: not there. */
bool cache_remove(struct cache *c, int key);

/* Drops all, the oldest first. */
void cache_clear(struct cache *c);

#endif
