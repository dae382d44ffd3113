/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/needles.h"

#include "core/error.h"

#include <stdlib.h>

enum { SHORT = 6, SIEVE_BITS = 20 };

struct needle {
	uint64_t key; /* its first bytes */
	struct slice rest;
	size_t size;
};

struct needles {
	struct needle *at; /* owned; by their key, and of one key the longest first */
	size_t count, room;
	unsigned char sieve[1 << (SIEVE_BITS - 3)]; /* of the first four bytes */
	bool shorts;
};

struct needles *needles_new(void)
{
	struct needles *n = must_alloc(1, sizeof *n);
	*n = (struct needles){0};
	return n;
}

void needles_free(struct needles *n)
{
	if (!n)
		return;
	free(n->at);
	free(n);
}

static uint64_t key_of(struct slice text, size_t size)
{
	struct cursor c = cursor_over(slice_part(text, 0, size));
	uint64_t key = cursor_be32(&c);
	return size == SHORT ? key << 32 | (uint64_t)cursor_be16(&c) << 16 | 1 : key << 32 | cursor_be32(&c);
}

static uint32_t sieve_of(uint64_t key)
{
	return (uint32_t)(key >> 32) * UINT32_C(2654435761) >> (32 - SIEVE_BITS);
}

static void add(struct needles *n, struct slice needle, size_t by)
{
	if (n->count == n->room) {
		n->room = n->room ? 2 * n->room : 256;
		n->at = must_realloc(n->at, n->room, sizeof *n->at);
	}
	uint64_t key = key_of(needle, by);
	n->at[n->count++] = (struct needle){key, slice_part(needle, by, needle.size), needle.size};
	n->sieve[sieve_of(key) / 8] |= (unsigned char)(1u << sieve_of(key) % 8);
}

void needles_add(struct needles *n, struct slice needle)
{
	if (needle.size >= NEEDLE_LEAST)
		add(n, needle, NEEDLE_LEAST);
}

void needles_add_short(struct needles *n, struct slice needle)
{
	if (needle.size != SHORT)
		return;
	add(n, needle, SHORT);
	n->at[n->count - 1].rest = slice_of(NULL, 0); /* all of it is in the key */
	n->shorts = true;
}

static int by_key(const void *a, const void *b)
{
	const struct needle *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->size == y->size ? 0 : x->size > y->size ? -1 : 1;
}

void needles_sort(struct needles *n)
{
	if (n->count)
		qsort(n->at, n->count, sizeof *n->at, by_key);
}

static size_t find_by(const struct needles *n, struct slice text, size_t by)
{
	uint64_t key = key_of(text, by);
	size_t low = 0, high = n->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (n->at[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < n->count && n->at[low].key == key; low++) {
		const struct needle *found = &n->at[low];
		bool whole = text.size >= found->size && (by == SHORT) == (found->size == SHORT);
		if (whole && slice_equal(slice_part(text, by, found->rest.size), found->rest))
			return found->size;
	}
	return 0;
}

size_t needles_find(const struct needles *n, struct slice text)
{
	if (!n->count || text.size < SHORT)
		return 0;
	uint32_t bit = sieve_of(key_of(text, SHORT));
	if (!(n->sieve[bit / 8] >> bit % 8 & 1))
		return 0;
	size_t size = text.size >= NEEDLE_LEAST ? find_by(n, text, NEEDLE_LEAST) : 0;
	return size || !n->shorts ? size : find_by(n, text, SHORT);
}
