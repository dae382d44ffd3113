#ifndef POOL_H
#define POOL_H

#include <stddef.h>
#include <stdint.h>

#define POOL_NONE UINT32_MAX

struct pool_inside;

struct pool {
	void *(*resize)(void *context, void *p, size_t old_size, size_t new_size);
	void *context;
	struct pool_inside *inside; /* yours; NULL at first, and in an empty pool */
};

uint32_t pool_put(struct pool *p, const char *text, size_t n);
uint32_t pool_find(const struct pool *p, const char *text, size_t n);
const char *pool_text(const struct pool *p, uint32_t number, size_t *ret_n);
void pool_free(struct pool *p);

#endif
