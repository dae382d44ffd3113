#include "table.h"

static size_t next(size_t slot)
{
	return slot + 1 < TABLE_SLOTS ? slot + 1 : 0;
}

/* Where the key is, or TABLE_SLOTS; then *ret_free is where it could be put, or TABLE_SLOTS if there is no room. */
static size_t find(const struct table *t, uint32_t key, size_t *ret_free)
{
	size_t slot = t->hash(key) % TABLE_SLOTS;

	*ret_free = TABLE_SLOTS;
	for (size_t tried = 0; tried < TABLE_SLOTS; tried++, slot = next(slot)) {
		const struct slot *s = &t->slots[slot];

		if (s->state == SLOT_USED && s->key == key)
			return slot;
		if (s->state != SLOT_USED && *ret_free == TABLE_SLOTS)
			*ret_free = slot;
		if (s->state == SLOT_EMPTY)
			break;
	}
	return TABLE_SLOTS;
}

bool table_set(struct table *t, uint32_t key, int value)
{
	size_t free, slot = find(t, key, &free);

	if (slot == TABLE_SLOTS) {
		if (free == TABLE_SLOTS)
			return false;
		slot = free;
		t->slots[slot].key = key;
		t->slots[slot].state = SLOT_USED;
		t->count++;
	}
	t->slots[slot].value = value;
	return true;
}

bool table_get(const struct table *t, uint32_t key, int *ret)
{
	size_t free, slot = find(t, key, &free);

	if (slot == TABLE_SLOTS)
		return false;
	*ret = t->slots[slot].value;
	return true;
}

static void vacate(struct table *t, size_t slot)
{
	t->slots[slot].state = SLOT_EMPTY;
	t->count--;
}

bool table_remove(struct table *t, uint32_t key)
{
	size_t free, slot = find(t, key, &free);

	if (slot == TABLE_SLOTS)
		return false;
	vacate(t, slot);
	return true;
}

size_t table_filter(struct table *t, bool (*drop)(uint32_t key, int value, void *context), void *context)
{
	size_t dropped = 0;

	for (size_t slot = 0; slot < TABLE_SLOTS; slot++) {
		const struct slot *s = &t->slots[slot];

		if (s->state == SLOT_USED && drop(s->key, s->value, context)) {
			vacate(t, slot);
			dropped++;
		}
	}
	return dropped;
}
