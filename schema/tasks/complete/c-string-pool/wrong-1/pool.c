#include "pool.h"

#include <stdbool.h>
#include <string.h>

struct entry {
	size_t at, n;
	uint32_t hash;
};

struct pool_inside {
	char *bytes;
	size_t used, bytes_room;
	struct entry *entries;
	size_t count, room;
	uint32_t *table;
	size_t slots;
};

static uint32_t hash_of(const char *text, size_t n)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static void enter(struct pool_inside *in, uint32_t hash, uint32_t number)
{
	size_t slot = hash & (in->slots - 1);

	while (in->table[slot])
		slot = (slot + 1) & (in->slots - 1);
	in->table[slot] = number + 1;
}

static uint32_t find(const struct pool_inside *in, uint32_t hash, const char *text, size_t n)
{
	if (!in || !in->slots)
		return POOL_NONE;
	for (size_t slot = hash & (in->slots - 1); in->table[slot]; slot = (slot + 1) & (in->slots - 1)) {
		const struct entry *e = &in->entries[in->table[slot] - 1];

		if (e->hash == hash && e->n == n && (!n || !memcmp(in->bytes + e->at, text, n)))
			return in->table[slot] - 1;
	}
	return POOL_NONE;
}

static bool grow(struct pool *p, size_t n)
{
	struct pool_inside *in = p->inside;

	if (in->used + n + 1 > in->bytes_room) {
		size_t room = 2 * in->bytes_room + n + 64;
		char *bytes = p->resize(p->context, in->bytes, in->bytes_room, room);

		if (!bytes)
			return false;
		in->bytes = bytes;
		in->bytes_room = room;
	}
	if (in->count == in->room) {
		size_t room = in->room ? 2 * in->room : 8;
		struct entry *entries;
		uint32_t *table = p->resize(p->context, NULL, 0, 2 * room * sizeof *table);

		if (!table)
			return false;
		entries = p->resize(p->context, in->entries, in->room * sizeof *entries, room * sizeof *entries);
		if (!entries) {
			p->resize(p->context, table, 2 * room * sizeof *table, 0);
			return false;
		}
		if (in->table)
			p->resize(p->context, in->table, in->slots * sizeof *table, 0);
		memset(table, 0, 2 * room * sizeof *table);
		in->entries = entries;
		in->room = room;
		in->table = table;
		in->slots = 2 * room;
		for (size_t i = 0; i < in->count; i++)
			enter(in, entries[i].hash, (uint32_t)i);
	}
	return true;
}

uint32_t pool_put(struct pool *p, const char *text, size_t n)
{
	uint32_t hash = hash_of(text, n), number = find(p->inside, hash, text, n);
	struct pool_inside *in;

	if (number != POOL_NONE)
		return number;
	if (!p->inside) {
		p->inside = p->resize(p->context, NULL, 0, sizeof *p->inside);
		if (!p->inside)
			return POOL_NONE;
		memset(p->inside, 0, sizeof *p->inside);
	}
	in = p->inside;
	if (!grow(p, n))
		return POOL_NONE;
	if (n)
		memcpy(in->bytes + in->used, text, n);
	in->bytes[in->used + n] = '\0';
	number = (uint32_t)in->count++;
	in->entries[number] = (struct entry){ in->used, n, hash };
	in->used += n + 1;
	enter(in, hash, number);
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
	return p->inside->bytes + p->inside->entries[number].at;
}

void pool_free(struct pool *p)
{
	struct pool_inside *in = p->inside;

	if (!in)
		return;
	if (in->bytes)
		p->resize(p->context, in->bytes, in->bytes_room, 0);
	if (in->entries)
		p->resize(p->context, in->entries, in->room * sizeof *in->entries, 0);
	if (in->table)
		p->resize(p->context, in->table, in->slots * sizeof *in->table, 0);
	p->resize(p->context, in, sizeof *in, 0);
	p->inside = NULL;
}
