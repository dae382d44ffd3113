/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the newest first */
	size_t given, max;
};

struct arena *arena_new(size_t max_bytes)
{
	struct arena *a = must_alloc(1, sizeof *a);
	a->max = max_bytes;
	return a;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->blocks) {
		struct block *next = a->blocks->next;
		free(a->blocks);
		a->blocks = next;
	}
	free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > a->max - a->given || size > SIZE_MAX / 2)
		return NULL;
	size_t align = alignof(max_align_t);
	size_t padded = (size + align - 1) / align * align;
	if (!a->blocks || padded > a->blocks->size - a->blocks->used) {
		size_t room = padded > BLOCK_SIZE ? padded : BLOCK_SIZE;
		struct block *block = must_alloc(1, sizeof *block + room);
		*block = (struct block){.next = a->blocks, .size = room};
		a->blocks = block;
	}
	void *given = a->blocks->bytes + a->blocks->used;
	a->blocks->used += padded;
	a->given += size;
	return given;
}

char *arena_string(struct arena *a, struct slice text)
{
	char *copy = arena_alloc(a, text.size + 1);
	if (copy && text.size)
		memcpy(copy, text.at, text.size);
	return copy;
}
