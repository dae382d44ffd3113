#include "store.h"

#include <string.h>

/* Behind the last record, the journal ends. */
static void end(struct store *s)
{
	if (s->used < s->room)
		s->block[s->used] = 0;
}

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
		if (r.key_length == key_length && !memcmp(r.key, key, key_length)) {
			*ret = r;
			found = true;
		}
	}
	return found;
}

const uint8_t *store_get(const struct store *s, const char *key, size_t *ret_length)
{
	struct record r;

	if (!last(s, (const uint8_t *)key, strlen(key), 0, &r) || r.removed)
		return NULL;
	*ret_length = r.value_length;
	return r.value;
}

bool store_set(struct store *s, const char *key, const uint8_t *value, size_t length)
{
	uint8_t kept[JOURNAL_VALUE]; /* a compaction moves what `value` may point to */
	const uint8_t *old;
	size_t old_length, size;

	if (length > JOURNAL_VALUE)
		return false;
	old = store_get(s, key, &old_length);
	if (old && old_length == length && (!length || !memcmp(old, value, length)))
		return true;
	if (length)
		memcpy(kept, value, length);
	size = journal_write(s->block + s->used, s->room - s->used, key, kept, length);
	if (!size && *key && strlen(key) <= JOURNAL_KEY) {
		store_compact(s);
		size = journal_write(s->block + s->used, s->room - s->used, key, kept, length);
	}
	s->used += size;
	return size > 0;
}

/* Compacts, without the records of one key. */
static size_t compact(struct store *s, const char *without)
{
	size_t from = 0, to = 0, before = s->used;
	struct record r, later;

	while (journal_read(s->block + from, s->used - from, &r)) {
		bool wanted = !r.removed && !last(s, r.key, r.key_length, from + r.size, &later);

		if (without && strlen(without) == r.key_length && !memcmp(r.key, without, r.key_length))
			wanted = false;
		if (wanted) {
			memmove(s->block + to, s->block + from, r.size);
			to += r.size;
		}
		from += r.size;
	}
	s->used = to;
	end(s);
	return before - to;
}

size_t store_compact(struct store *s)
{
	return compact(s, NULL);
}

bool store_remove(struct store *s, const char *key)
{
	size_t length, size;

	if (!store_get(s, key, &length))
		return false;
	size = journal_write(s->block + s->used, s->room - s->used, key, NULL, 0);
	if (!size) {
		store_compact(s);
		size = journal_write(s->block + s->used, s->room - s->used, key, NULL, 0);
	}
	if (!size)
		compact(s, key);
	s->used += size;
	return true;
}

void store_each(const struct store *s, void (*each)(const uint8_t *key, size_t key_length, const uint8_t *value, size_t length, void *context),
		void *context)
{
	struct record r, later;

	for (size_t at = 0; journal_read(s->block + at, s->used - at, &r); at += r.size)
		if (!r.removed && !last(s, r.key, r.key_length, at + r.size, &later))
			each(r.key, r.key_length, r.value, r.value_length, context);
}
