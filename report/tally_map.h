/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TALLY_MAP_H
#define REPORT_TALLY_MAP_H

/*
 * Numbers that are counted under keys, each key a few words. Entries stand in the order in
 * which their keys came.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally_map {
	size_t key_words, value_words, count, room, slot_count;
	int64_t *entries; /* owned: of each its key, then its values */
	uint32_t *slots;  /* owned: number + 1; 0: free */
};

struct tally_map tally_map_new(size_t key_words, size_t value_words);
void tally_map_free(struct tally_map *m);

/* The values of a key, to be counted up until the next call; 0 where the key is new, and
 * `ret_new` (may be NULL) tells so. */
int64_t *tally_map_at(struct tally_map *m, const int64_t key[], bool *ret_new);

/* The key of an entry, its values behind it. */
static inline const int64_t *tally_map_entry(const struct tally_map *m, size_t number)
{
	return m->entries + number * (m->key_words + m->value_words);
}

#endif
