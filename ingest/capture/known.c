/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/known.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { BUCKETS = 2 * KNOWN_MAX };

/* Keyed, so that the file cannot choose which addresses share a place. */
struct known {
	uint64_t seed;
	size_t count;
	struct arena *names;
	struct entry {
		struct address address;
		const char *name; /* NULL: free */
	} all[BUCKETS];
};

struct known *known_new(void)
{
	struct known *k = must_alloc(1, sizeof *k);
	k->names = arena_new((size_t)KNOWN_MAX * 4 * KNOWN_NAME_MAX);
	/* without randomness only the bound on time is lost */
	if (getrandom(&k->seed, sizeof k->seed, 0) != (ssize_t)sizeof k->seed)
		k->seed = (uint64_t)(uintptr_t)k;
	return k;
}

void known_free(struct known *k)
{
	if (!k)
		return;
	arena_free(k->names);
	free(k);
}

/* The place of the address, or the free one where it belongs. */
static size_t place_of(const struct known *k, const struct address *a)
{
	uint64_t words[2], h = k->seed;
	memcpy(words, a->bytes, sizeof words);
	for (size_t i = 0; i < 2; i++) {
		h = (h ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29;
	}
	size_t at = (h >> 32) % BUCKETS;
	while (k->all[at].name && !address_equal(&k->all[at].address, a))
		at = (at + 1) % BUCKETS;
	return at;
}

void known_add(struct known *k, const struct address *a, struct slice name)
{
	struct entry *e = &k->all[place_of(k, a)];
	if (name.size == 0 || e->name || k->count == KNOWN_MAX)
		return;
	AUTO_TEXT struct text shown = text_make(4 * KNOWN_NAME_MAX);
	text_add_printable(&shown, name, KNOWN_NAME_MAX);
	e->address = *a;
	e->name = arena_string(k->names, text_slice(&shown));
	k->count += e->name != NULL;
}

const char *known_name(const struct known *k, const struct address *a)
{
	return k->count > 0 ? k->all[place_of(k, a)].name : NULL;
}
