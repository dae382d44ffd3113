/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cases/mutator.h"

#include "core/error.h"

#include <string.h>

enum { CHUNK_MAX = 64 };

struct mutant {
	unsigned char *bytes;
	size_t size, damage;
	uint64_t state;
};

/* A counter through a mixing function: every seed gives another sequence. */
static uint64_t next(struct mutant *m)
{
	uint64_t z = m->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static size_t below(struct mutant *m, size_t limit)
{
	return limit ? (size_t)(next(m) % limit) : 0;
}

static size_t place(struct mutant *m)
{
	size_t at = below(m, m->size);
	if (at < m->damage)
		m->damage = at;
	return at;
}

static void flip_bits(struct mutant *m)
{
	size_t at = place(m);
	if (m->size)
		m->bytes[at] ^= (unsigned char)(1 << below(m, 8));
}

static void set_byte(struct mutant *m)
{
	static const unsigned char values[] = {0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0xc0};
	size_t at = place(m);
	if (m->size)
		m->bytes[at] = below(m, 2) ? values[below(m, sizeof values)] : (unsigned char)next(m);
}

/* Lengths and counts at their edges, in either byte order. */
static void set_number(struct mutant *m)
{
	static const uint32_t values[] = {0,	  1,	      3,	  4,	      12,	  16,
					  0xff,	  0x100,      0x7fff,	  0x8000,     0xffff,	  0x10000,
					  0x40000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff};
	uint32_t value = values[below(m, LENGTH(values))] + (below(m, 4) ? 0 : (uint32_t)below(m, 9) - 4);
	size_t at = place(m), width = below(m, 2) ? 4 : 2;
	bool big = below(m, 2);
	for (size_t i = 0; i < width && at + i < m->size; i++)
		m->bytes[at + i] = (unsigned char)(value >> 8 * (big ? width - 1 - i : i));
}

static void remove_some(struct mutant *m)
{
	size_t at = place(m), size = 1 + below(m, CHUNK_MAX);
	if (size > m->size - at)
		size = m->size - at;
	memmove(m->bytes + at, m->bytes + at + size, m->size - at - size);
	m->size -= size;
}

static void repeat_some(struct mutant *m)
{
	size_t at = place(m), size = 1 + below(m, MUTATION_GROWTH);
	if (size > m->size - at)
		size = m->size - at;
	memmove(m->bytes + at + size, m->bytes + at, m->size - at);
	m->size += size;
}

static void copy_some(struct mutant *m)
{
	size_t from = below(m, m->size), at = place(m), size = 1 + below(m, CHUNK_MAX);
	if (size > m->size - at)
		size = m->size - at;
	if (size > m->size - from)
		size = m->size - from;
	memmove(m->bytes + at, m->bytes + from, size);
}

static void cut(struct mutant *m)
{
	if (below(m, 4) == 0)
		m->size = place(m);
}

size_t mutate(struct slice input, uint64_t seed, unsigned char ret[], size_t *ret_damage)
{
	static void (*const ways[])(struct mutant *) = {flip_bits,   flip_bits, set_byte,  set_number,
							set_number,  remove_some, repeat_some, copy_some,
							cut};
	struct mutant m = {ret, input.size, input.size, seed};
	if (input.size)
		memcpy(ret, input.at, input.size);
	size_t count = 1 + below(&m, MUTATIONS_MAX);
	for (size_t i = 0; i < count && m.size > 0; i++)
		ways[below(&m, LENGTH(ways))](&m);
	*ret_damage = m.damage < m.size ? m.damage : m.size;
	return m.size;
}
