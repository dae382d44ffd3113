/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing with linear probing; entries are never removed. */
#include "ingest/lookup.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

struct entry {
	uint64_t key;
	int64_t id; /* 0: empty */
};

struct lookup {
	struct entry *entries;
	size_t slots, count, max; /* slots: a power of two, at most half full */
};

struct lookup *lookup_new(size_t max_entries)
{
	struct lookup *l = must_alloc(1, sizeof *l);
	l->slots = FIRST_SLOTS;
	l->max = max_entries;
	l->entries = must_alloc(l->slots, sizeof *l->entries);
	return l;
}

void lookup_free(struct lookup *l)
{
	if (!l)
		return;
	free(l->entries);
	free(l);
}

static struct entry *find(const struct lookup *l, uint64_t key)
{
	size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (l->slots - 1);
	while (l->entries[at].id != 0 && l->entries[at].key != key)
		at = (at + 1) & (l->slots - 1);
	return &l->entries[at];
}

static void grow(struct lookup *l)
{
	struct entry *before = l->entries;
	size_t count = l->slots;
	l->slots *= 2;
	l->entries = must_alloc(l->slots, sizeof *l->entries);
	for (size_t i = 0; i < count; i++)
		if (before[i].id != 0)
			*find(l, before[i].key) = before[i];
	free(before);
}

bool lookup_put(struct lookup *l, uint64_t key, int64_t id)
{
	struct entry *e = find(l, key);
	if (e->id == 0) {
		if (l->count == l->max)
			return false;
		if (2 * (l->count + 1) > l->slots) {
			grow(l);
			e = find(l, key);
		}
		l->count++;
	}
	*e = (struct entry){key, id};
	return true;
}

int64_t lookup_get(const struct lookup *l, uint64_t key)
{
	return find(l, key)->id;
}
