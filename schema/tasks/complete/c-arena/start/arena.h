#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena {
	unsigned char *block; /* the caller's */
	size_t size;
	size_t taken;
};

void *arena_take(struct arena *a, size_t size, size_t align);
void *arena_grow(struct arena *a, void *p, size_t old_size, size_t size, size_t align);
size_t arena_mark(const struct arena *a);
void arena_release(struct arena *a, size_t mark);

#endif
