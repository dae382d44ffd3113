/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/hits.h"

#include "core/error.h"
#include "core/random.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 2 * HITS_ROOM };

struct kept {
	struct hits_entry entry;
	char host[HOSTNAME_MAX + 3], example[SCAN_EXAMPLE_MAX + 1];
	size_t host_size, example_size;
};

struct hits {
	hits_sink *sink;
	void *to;
	size_t count;
	uint32_t seed;
	unsigned short slots[SLOTS]; /* 1 + index in `kept`; 0: free */
	struct kept kept[HITS_ROOM];
};

struct hits *hits_new(hits_sink *sink, void *to)
{
	struct hits *h = must_alloc(1, sizeof *h);
	h->sink = sink;
	h->to = to;
	random_bytes(&h->seed, sizeof h->seed);
	return h;
}

void hits_free(struct hits *h)
{
	free(h);
}

/* FNV-1a, from a beginning that nobody can foresee: names that collide must be luck. */
static size_t hash(const struct hits *h, struct slice host)
{
	uint32_t value = h->seed;
	for (size_t i = 0; i < host.size; i++)
		value = (value ^ host.at[i]) * 16777619u;
	return value % SLOTS;
}

/* The first one is kept; but a URL tells more than a name, and an end more than a guess. */
static void join(struct kept *k, const struct scan_hit *hit)
{
	struct scan_hit *old = &k->entry.hit;
	bool better = (old->how == SCAN_NAME && hit->how != SCAN_NAME) || (old->guessed && !hit->guessed);
	k->entry.count++;
	if (!better && k->entry.count > 1)
		return;
	*old = *hit;
	k->example_size = hit->example.size < SCAN_EXAMPLE_MAX ? hit->example.size : SCAN_EXAMPLE_MAX;
	memcpy(k->example, hit->example.at, k->example_size);
}

void hits_add(struct hits *h, const struct scan_hit *hit)
{
	size_t at = hash(h, hit->host);
	if (hit->host.size == 0 || hit->host.size >= sizeof h->kept->host)
		return;
	for (; h->slots[at]; at = (at + 1) % SLOTS) {
		struct kept *k = &h->kept[h->slots[at] - 1];
		if (slice_equal(slice_of(k->host, k->host_size), hit->host)) {
			join(k, hit);
			return;
		}
	}
	if (h->count == HITS_ROOM) {
		hits_flush(h);
		at = hash(h, hit->host);
	}
	struct kept *k = &h->kept[h->count++];
	h->slots[at] = (unsigned short)h->count;
	memcpy(k->host, hit->host.at, hit->host.size);
	k->host_size = hit->host.size;
	k->entry.count = 0;
	join(k, hit);
}

void hits_flush(struct hits *h)
{
	for (size_t i = 0; i < h->count; i++) {
		struct kept *k = &h->kept[i];
		k->entry.hit.host = slice_of(k->host, k->host_size);
		k->entry.hit.example = slice_of(k->example, k->example_size);
		h->sink(h->to, &k->entry);
	}
	if (h->count)
		memset(h->slots, 0, sizeof h->slots);
	h->count = 0;
}
