/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tally_map.h"

#include "core/error.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

struct tally_map tally_map_new(size_t key_words, size_t value_words)
{
	struct tally_map m = {.key_words = key_words, .value_words = value_words, .slot_count = FIRST_SLOTS};
	m.slots = must_alloc(m.slot_count, sizeof *m.slots);
	memset(m.slots, 0, m.slot_count * sizeof *m.slots);
	return m;
}

void tally_map_free(struct tally_map *m)
{
	free(m->entries);
	free(m->slots);
	*m = (struct tally_map){0};
}

static size_t slot_of(const struct tally_map *m, const int64_t key[])
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < m->key_words; i++) {
		h = (h ^ (uint64_t)key[i]) * UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	size_t at = h & (m->slot_count - 1);
	while (m->slots[at] && memcmp(tally_map_entry(m, m->slots[at] - 1), key, m->key_words * sizeof *key) != 0)
		at = (at + 1) & (m->slot_count - 1);
	return at;
}

/* Half of the slots stay free. */
static void grow(struct tally_map *m)
{
	if (m->count == m->room) {
		m->room = m->room ? 2 * m->room : FIRST_SLOTS;
		m->entries = must_realloc(m->entries, m->room, (m->key_words + m->value_words) * sizeof *m->entries);
	}
	if (2 * m->count < m->slot_count)
		return;
	m->slot_count *= 2;
	m->slots = must_realloc(m->slots, m->slot_count, sizeof *m->slots);
	memset(m->slots, 0, m->slot_count * sizeof *m->slots);
	for (size_t i = 0; i < m->count; i++)
		m->slots[slot_of(m, tally_map_entry(m, i))] = (uint32_t)i + 1;
}

int64_t *tally_map_at(struct tally_map *m, const int64_t key[], bool *ret_new)
{
	size_t at = slot_of(m, key);
	if (ret_new)
		*ret_new = !m->slots[at];
	if (!m->slots[at]) {
		if (m->count >= UINT32_MAX - 1)
			die("more than %u kinds of attempts", UINT32_MAX - 1);
		grow(m);
		int64_t *entry = m->entries + m->count * (m->key_words + m->value_words);
		memcpy(entry, key, m->key_words * sizeof *key);
		memset(entry + m->key_words, 0, m->value_words * sizeof *entry);
		m->slots[slot_of(m, key)] = (uint32_t)++m->count;
		return entry + m->key_words;
	}
	return m->entries + (m->slots[at] - 1) * (m->key_words + m->value_words) + m->key_words;
}
