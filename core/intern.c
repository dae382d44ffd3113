/* SPDX-License-Identifier: Apache-2.0 */
#include "core/intern.h"

#include "core/arena.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

struct intern {
	struct arena *arena;
	struct slice *texts;
	uint32_t *slots; /* number + 1; 0: free */
	size_t count, room, slot_count;
};

struct intern *intern_new(size_t max_bytes)
{
	struct intern *t = must_alloc(1, sizeof *t);
	*t = (struct intern){.arena = arena_new(max_bytes), .slot_count = FIRST_SLOTS};
	t->slots = must_alloc(t->slot_count, sizeof *t->slots);
	memset(t->slots, 0, t->slot_count * sizeof *t->slots);
	return t;
}

void intern_free(struct intern *t)
{
	if (!t)
		return;
	arena_free(t->arena);
	free(t->texts);
	free(t->slots);
	free(t);
}

static uint64_t hash_of(struct slice text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < text.size; i++)
		h = (h ^ text.at[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 29;
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t slot_of(const struct intern *t, struct slice text)
{
	size_t at = hash_of(text) & (t->slot_count - 1);
	while (t->slots[at] && !slice_equal(t->texts[t->slots[at] - 1], text))
		at = (at + 1) & (t->slot_count - 1);
	return at;
}

static void grow(struct intern *t)
{
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : FIRST_SLOTS;
		t->texts = must_realloc(t->texts, t->room, sizeof *t->texts);
	}
	if (2 * t->count < t->slot_count)
		return;
	t->slot_count *= 2;
	t->slots = must_realloc(t->slots, t->slot_count, sizeof *t->slots);
	memset(t->slots, 0, t->slot_count * sizeof *t->slots);
	for (size_t i = 0; i < t->count; i++)
		t->slots[slot_of(t, t->texts[i])] = (uint32_t)i + 1;
}

uint32_t intern_add(struct intern *t, struct slice text)
{
	size_t at = slot_of(t, text);
	if (t->slots[at])
		return t->slots[at] - 1;
	unsigned char *copy = arena_alloc(t->arena, text.size + 1);
	if (!copy || t->count >= INTERN_NONE - 1)
		return INTERN_NONE;
	if (text.size)
		memcpy(copy, text.at, text.size);
	grow(t);
	at = slot_of(t, text);
	t->texts[t->count] = slice_of(copy, text.size);
	t->slots[at] = (uint32_t)++t->count;
	return (uint32_t)t->count - 1;
}

uint32_t intern_find(const struct intern *t, struct slice text)
{
	size_t at = slot_of(t, text);
	return t->slots[at] ? t->slots[at] - 1 : INTERN_NONE;
}

size_t intern_count(const struct intern *t)
{
	return t->count;
}

const char *intern_text(const struct intern *t, uint32_t number)
{
	return number < t->count ? (const char *)t->texts[number].at : "";
}
