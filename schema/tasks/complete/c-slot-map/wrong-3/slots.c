#include "slots.h"

#include <stdlib.h>

enum { GENERATION_MAX = 0xffffff, NONE = -1 };

struct slot {
	int64_t value;
	uint32_t generation;
	bool used;
	int next; /* of the free ones */
};

struct slots {
	struct slot at[SLOTS];
	size_t count;
	int freed; /* last; NONE: none */
	int fresh; /* the first that was never used */
};

struct slots *slots_make(void)
{
	struct slots *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	for (size_t i = 0; i < SLOTS; i++)
		s->at[i].generation = 1;
	s->freed = NONE;
	return s;
}

void slots_free(struct slots *s)
{
	free(s);
}

static struct slot *find(struct slots *s, uint32_t handle)
{
	uint32_t index = handle & 255;
	struct slot *slot;

	if (index >= SLOTS)
		return NULL;
	slot = &s->at[index];
	return slot->used && slot->generation == handle >> 8 ? slot : NULL;
}

uint32_t slots_add(struct slots *s, int64_t value)
{
	int index;
	struct slot *slot;

	if (s->fresh < SLOTS) {
		index = s->fresh++;
	} else if (s->freed != NONE) {
		index = s->freed;
		s->freed = s->at[index].next;
	} else {
		return 0;
	}
	slot = &s->at[index];
	slot->value = value;
	slot->used = true;
	s->count++;
	return slot->generation << 8 | (uint32_t)index;
}

bool slots_remove(struct slots *s, uint32_t handle)
{
	struct slot *slot = find(s, handle);

	if (!slot)
		return false;
	slot->used = false;
	s->count--;
	if (slot->generation < GENERATION_MAX) {
		slot->generation++;
		slot->next = s->freed;
		s->freed = (int)(handle & 255);
	}
	return true;
}

int64_t *slots_get(struct slots *s, uint32_t handle)
{
	struct slot *slot = find(s, handle);

	return slot ? &slot->value : NULL;
}

size_t slots_count(const struct slots *s)
{
	return s->count;
}
