#include "table.h"

static size_t first(const struct table *t, uint32_t key)
{
	return t->hash(key) % TABLE_SLOTS;
}

static const struct slot *find(const struct table *t, uint32_t key)
{
	size_t slot = first(t, key);

	for (size_t tried = 0; tried < TABLE_SLOTS && t->slots[slot].state != SLOT_EMPTY; tried++) {
		if (t->slots[slot].state == SLOT_USED && t->slots[slot].key == key)
			return &t->slots[slot];
		slot = (slot + 1) % TABLE_SLOTS;
	}
	return NULL;
}

bool table_set(struct table *t, uint32_t key, int value)
{
	size_t slot = first(t, key);

	if (t->count == TABLE_SLOTS)
		return false;
	while (t->slots[slot].state == SLOT_USED && t->slots[slot].key != key)
		slot = (slot + 1) % TABLE_SLOTS;
	if (t->slots[slot].state != SLOT_USED)
		t->count++;
	t->slots[slot] = (struct slot){ key, value, SLOT_USED };
	return true;
}

bool table_get(const struct table *t, uint32_t key, int *ret)
{
	const struct slot *s = find(t, key);

	if (s)
		*ret = s->value;
	return s != NULL;
}

bool table_remove(struct table *t, uint32_t key)
{
	struct slot *s = (struct slot *)find(t, key);

	if (!s)
		return false;
	s->state = SLOT_GONE;
	t->count--;
	return true;
}

size_t table_filter(struct table *t, bool (*drop)(uint32_t key, int value, void *context), void *context)
{
	size_t dropped = 0;

	for (size_t slot = 0; slot < TABLE_SLOTS; slot++)
		if (t->slots[slot].state == SLOT_USED && drop(t->slots[slot].key, t->slots[slot].value, context))
			dropped += table_remove(t, t->slots[slot].key);
	return dropped;
}
