#include "allocator.h"

#include <stdlib.h>

static void *take(void *context, size_t size)
{
	(void)context;
	return malloc(size);
}

static void give(void *context, void *p, size_t size)
{
	(void)context;
	(void)size;
	free(p);
}

const struct allocator allocator_malloc = { take, give, NULL };
