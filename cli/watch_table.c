/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_table.h"

#include <stdlib.h>
#include <string.h>

enum {
	ROOM_FIRST = 64,
	LEAVING = 16, /* one in so many leaves when it is full, so that room is made seldom */
};

struct watch_table {
	size_t record_size, max, count, room;
	watch_over *over;
	unsigned char *records; /* owned */
	uint32_t *places;       /* owned: a record's number and 1, by a hash of its key; 0: free */
	size_t place_count;     /* a power of two, at least twice the room */
	uint64_t gone;
};

struct watch_table *watch_table_new(size_t record_size, size_t max, watch_over *over)
{
	struct watch_table *t = must_alloc(1, sizeof *t);
	*t = (struct watch_table){.record_size = record_size, .max = max, .over = over};
	return t;
}

void watch_table_free(struct watch_table *t)
{
	if (!t)
		return;
	free(t->records);
	free(t->places);
	free(t);
}

void *watch_table_at(const struct watch_table *t, size_t number)
{
	return t->records + number * t->record_size;
}

static uint64_t key_at(const struct watch_table *t, size_t number)
{
	uint64_t key;
	memcpy(&key, watch_table_at(t, number), sizeof key);
	return key;
}

/* Where the key stands, or would. */
static size_t place_of(const struct watch_table *t, uint64_t key)
{
	uint64_t h = key * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (size_t)(h >> 32) & (t->place_count - 1);
	/* made before anything is looked for: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	while (t->places[at] && key_at(t, t->places[at] - 1) != key)
		at = (at + 1) & (t->place_count - 1);
	return at;
}

static void place_all(struct watch_table *t)
{
	if (t->places)
		memset(t->places, 0, t->place_count * sizeof *t->places);
	for (size_t i = 0; i < t->count; i++) /* as above: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		t->places[place_of(t, key_at(t, i))] = (uint32_t)i + 1;
}

void watch_table_clear(struct watch_table *t)
{
	t->count = 0;
	t->gone = 0;
	place_all(t);
}

void *watch_table_find(const struct watch_table *t, uint64_t key)
{
	if (t->count == 0)
		return NULL;
	uint32_t number = t->places[place_of(t, key)];
	return number ? watch_table_at(t, number - 1) : NULL;
}

static void grow(struct watch_table *t)
{
	t->room = t->room ? 2 * t->room : ROOM_FIRST;
	if (t->room > t->max)
		t->room = t->max;
	t->records = must_realloc(t->records, t->room, t->record_size);
	for (t->place_count = ROOM_FIRST; t->place_count < 2 * t->room;)
		t->place_count *= 2;
	t->places = must_realloc(t->places, t->place_count, sizeof *t->places);
	place_all(t);
}

/* Takes up to `wanted` records out, from the oldest on; all of them, or only what is over. */
static size_t take_out(struct watch_table *t, size_t wanted, bool all)
{
	size_t kept = 0, out = 0;
	for (size_t i = 0; i < t->count; i++) {
		unsigned char *from = watch_table_at(t, i), *to = watch_table_at(t, kept);
		if (out < wanted && (all || t->over(from))) {
			out++;
			continue;
		}
		if (to != from)
			memcpy(to, from, t->record_size);
		kept++;
	}
	t->count = kept;
	return out;
}

static void make_room(struct watch_table *t)
{
	size_t wanted = t->max / LEAVING + 1, out = take_out(t, wanted, false);
	if (out == 0)
		out = take_out(t, wanted, true);
	t->gone += out;
	place_all(t);
}

void *watch_table_add(struct watch_table *t, uint64_t key)
{
	if (t->count == t->max)
		make_room(t);
	if (t->count == t->room)
		grow(t);
	void *record = watch_table_at(t, t->count);
	memset(record, 0, t->record_size);
	memcpy(record, &key, sizeof key);
	t->places[place_of(t, key)] = (uint32_t)t->count + 1;
	t->count++;
	return record;
}

size_t watch_table_count(const struct watch_table *t)
{
	return t->count;
}

uint64_t watch_table_gone(const struct watch_table *t)
{
	return t->gone;
}
