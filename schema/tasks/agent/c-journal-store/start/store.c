#include "store.h"

#include <string.h>

void store_open(struct store *s, uint8_t *block, size_t room)
{
	struct record r;

	*s = (struct store){ block, room, 0 };
	while (journal_read(block + s->used, room - s->used, &r))
		s->used += r.size;
}

/* The last record of a key behind the place `at`. */
static bool last(const struct store *s, const uint8_t *key, size_t key_length, size_t at, struct record *ret)
{
	struct record r;
	bool found = false;

	for (; journal_read(s->block + at, s->used - at, &r); at += r.size) {
		if (!memcmp(r.key, key, key_length)) {
			*ret = r;
			found = true;
		}
	}
	return found;
}

const uint8_t *store_get(const struct store *s, const char *key, size_t *ret_length)
{
	struct record r;

	if (!last(s, (const uint8_t *)key, strlen(key), 0, &r))
		return NULL;
	*ret_length = r.value_length;
	return r.value;
}

bool store_set(struct store *s, const char *key, const uint8_t *value, size_t length)
{
	size_t size = journal_write(s->block + s->used, s->room - s->used, key, value, length);

	if (!size) {
		store_compact(s);
		size = journal_write(s->block + s->used, s->room - s->used, key, value, length);
	}
	s->used += size;
	return size > 0;
}

bool store_remove(struct store *s, const char *key)
{
	size_t size = journal_write(s->block + s->used, s->room - s->used, key, NULL, 0);

	s->used += size;
	return size > 0;
}

size_t store_compact(struct store *s)
{
	size_t from = 0, to = 0, before = s->used;
	struct record r, later;

	while (journal_read(s->block + from, s->used - from, &r)) {
		if (!last(s, r.key, r.key_length, from + r.size, &later)) {
			memcpy(s->block + to, s->block + from, r.size);
			to += r.size;
		}
		from += r.size;
	}
	s->used = to;
	return before - to;
}

void store_each(const struct store *s, void (*each)(const uint8_t *key, size_t key_length, const uint8_t *value, size_t length, void *context),
		void *context)
{
	struct record r;

	for (size_t at = 0; journal_read(s->block + at, s->used - at, &r); at += r.size)
		each(r.key, r.key_length, r.value, r.value_length, context);
}
