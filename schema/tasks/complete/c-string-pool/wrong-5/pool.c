#include "pool.h"

#include <stdbool.h>
#include <string.h>

struct entry {
	char *text; /* a block of its own, n + 1 bytes */
	size_t n;
	uint32_t hash;
};

struct pool_inside {
	struct entry *entries;
	size_t count, room;
	uint32_t *table; /* number + 1; 0: free */
	size_t slots;    /* a power of two, more than twice the room */
};

enum { FIRST_ROOM = 8 };

static uint32_t hash_of(const char *text, size_t n)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static void *allocate(struct pool *p, size_t size)
{
	return p->resize(p->context, NULL, 0, size);
}

static void release(struct pool *p, void *block, size_t size)
{
	if (block)
		p->resize(p->context, block, size, 0);
}

static void enter(struct pool_inside *in, uint32_t hash, uint32_t number)
{
	size_t slot = hash & (in->slots - 1);

	while (in->table[slot])
		slot = (slot + 1) & (in->slots - 1);
	in->table[slot] = number + 1;
}

/* Makes room for one more entry. Where it fails, what was there is still right. */
static bool grow(struct pool *p)
{
	struct pool_inside *in = p->inside;
	size_t room = in->room ? 2 * in->room : FIRST_ROOM;
	size_t slots = 2 * room;
	struct entry *entries;
	uint32_t *table;

	if (in->count < in->room)
		return true;
	table = allocate(p, slots * sizeof *table);
	if (!table)
		return false;
	entries = p->resize(p->context, in->entries, in->room * sizeof *entries, room * sizeof *entries);
	if (!entries)
		return false;
	release(p, in->table, in->slots * sizeof *table);
	memset(table, 0, slots * sizeof *table);
	in->entries = entries;
	in->room = room;
	in->table = table;
	in->slots = slots;
	for (size_t i = 0; i < in->count; i++)
		enter(in, entries[i].hash, (uint32_t)i);
	return true;
}

static uint32_t find(const struct pool_inside *in, uint32_t hash, const char *text, size_t n)
{
	if (!in || !in->slots)
		return POOL_NONE;
	for (size_t slot = hash & (in->slots - 1); in->table[slot]; slot = (slot + 1) & (in->slots - 1)) {
		const struct entry *e = &in->entries[in->table[slot] - 1];

		if (e->hash == hash && e->n == n && (!n || !memcmp(e->text, text, n)))
			return in->table[slot] - 1;
	}
	return POOL_NONE;
}

uint32_t pool_put(struct pool *p, const char *text, size_t n)
{
	uint32_t hash = hash_of(text, n), number = find(p->inside, hash, text, n);
	char *copy;

	if (number != POOL_NONE)
		return number;
	if (!p->inside) {
		p->inside = allocate(p, sizeof *p->inside);
		if (!p->inside)
			return POOL_NONE;
		memset(p->inside, 0, sizeof *p->inside);
	}
	if (n == SIZE_MAX || p->inside->count == POOL_NONE || !grow(p))
		return POOL_NONE;
	copy = allocate(p, n + 1);
	if (!copy)
		return POOL_NONE;
	if (n)
		memcpy(copy, text, n);
	copy[n] = '\0';
	number = (uint32_t)p->inside->count++;
	p->inside->entries[number] = (struct entry){ copy, n, hash };
	enter(p->inside, hash, number);
	return number;
}

uint32_t pool_find(const struct pool *p, const char *text, size_t n)
{
	return find(p->inside, hash_of(text, n), text, n);
}

const char *pool_text(const struct pool *p, uint32_t number, size_t *ret_n)
{
	if (!p->inside || number >= p->inside->count)
		return NULL;
	*ret_n = p->inside->entries[number].n;
	return p->inside->entries[number].text;
}

void pool_free(struct pool *p)
{
	struct pool_inside *in = p->inside;

	if (!in)
		return;
	for (size_t i = 0; i < in->count; i++)
		release(p, in->entries[i].text, in->entries[i].n + 1);
	release(p, in->entries, in->room * sizeof *in->entries);
	release(p, in->table, in->slots * sizeof *in->table);
	release(p, in, sizeof *in);
	p->inside = NULL;
}
