#include "arena.h"

#include <string.h>

void *arena_take(struct arena *a, size_t size, size_t align)
{
	size_t left = a->size - a->taken;
	uintptr_t at = (uintptr_t)(a->block + a->taken);
	size_t unused;
	unsigned char *p;

	if (!align || align & (align - 1))
		return NULL;
	unused = (size_t)(-at & (align - 1));
	if (unused > left || size > left - unused)
		return NULL;
	p = a->block + a->taken + unused;
	a->taken += unused + size;
	memset(p, 0, size);
	return p;
}

void *arena_grow(struct arena *a, void *p, size_t old_size, size_t size, size_t align)
{
	unsigned char *bytes = p, *moved;

	if (p && bytes + old_size == a->block + a->taken) {
		size_t start = (size_t)(bytes - a->block);

		if (size > a->size - start)
			return NULL;
		if (size > old_size)
			memset(bytes + old_size, 0, size - old_size);
		a->taken = start + size;
		return p;
	}
	if (p && size <= old_size)
		return p;
	moved = arena_take(a, size, align);
	if (moved && p)
		memcpy(moved, p, old_size);
	return moved;
}

size_t arena_mark(const struct arena *a)
{
	return a->taken;
}

void arena_release(struct arena *a, size_t mark)
{
	if (mark < a->taken)
		a->taken = mark;
}
