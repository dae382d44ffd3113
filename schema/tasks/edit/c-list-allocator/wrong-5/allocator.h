#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stddef.h>

struct allocator {
	void *(*take)(void *context, size_t size);
	void (*give)(void *context, void *p, size_t size); /* the size that it was taken with */
	void *context;
};

extern const struct allocator allocator_malloc;

#endif
