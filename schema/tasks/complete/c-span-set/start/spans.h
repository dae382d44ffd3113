#ifndef SPANS_H
#define SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	uint32_t first, last;
};

struct spans {
	struct span *at; /* the caller's */
	size_t count, room;
};

bool spans_add(struct spans *s, uint32_t first, uint32_t last);
bool spans_remove(struct spans *s, uint32_t first, uint32_t last);
bool spans_has(const struct spans *s, uint32_t number);
uint64_t spans_total(const struct spans *s);

#endif
