/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each event stands in the ring as its head, the size of its payload, and the payload.
 * Both ends count bytes that ever went in or came out, which cannot overflow: at a
 * gigabyte a second they last for centuries.
 */
#include "collectors/windows/etw_ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct etw_ring {
	size_t size;
	_Atomic uint64_t in, out, lost;
	unsigned char bytes[];
};

struct stored {
	struct etw_record head;
	uint32_t size; /* of the payload that follows */
};

struct etw_ring *etw_ring_new(size_t bytes)
{
	struct etw_ring *r = must_alloc(1, sizeof *r + bytes);
	r->size = bytes;
	return r;
}

void etw_ring_free(struct etw_ring *r)
{
	free(r);
}

/* Up to the end of the memory, and the rest at its beginning. */
static size_t before_end(const struct etw_ring *r, uint64_t at, size_t size)
{
	size_t left = r->size - (size_t)(at % r->size);
	return size < left ? size : left;
}

static void copy_in(struct etw_ring *r, uint64_t at, const void *from, size_t size)
{
	size_t first = before_end(r, at, size);
	if (size == 0)
		return;
	memcpy(r->bytes + at % r->size, from, first);
	memcpy(r->bytes, (const unsigned char *)from + first, size - first);
}

static void copy_out(const struct etw_ring *r, uint64_t at, void *to, size_t size)
{
	size_t first = before_end(r, at, size);
	memcpy(to, r->bytes + at % r->size, first);
	memcpy((unsigned char *)to + first, r->bytes, size - first);
}

bool etw_ring_put(struct etw_ring *r, const struct etw_record *head, struct slice data)
{
	struct slice kept = slice_part(data, 0, ETW_DATA_MAX);
	struct stored s = {.head = *head, .size = (uint32_t)kept.size};
	uint64_t in = atomic_load_explicit(&r->in, memory_order_relaxed);
	uint64_t out = atomic_load_explicit(&r->out, memory_order_acquire);
	if (sizeof s + kept.size > r->size - (size_t)(in - out)) {
		atomic_fetch_add_explicit(&r->lost, 1, memory_order_relaxed);
		return false;
	}
	copy_in(r, in, &s, sizeof s);
	copy_in(r, in + sizeof s, kept.at, kept.size);
	atomic_store_explicit(&r->in, in + sizeof s + kept.size, memory_order_release);
	return true;
}

bool etw_ring_take(struct etw_ring *r, struct etw_record *ret, unsigned char ret_data[static ETW_DATA_MAX],
		   size_t *ret_size)
{
	struct stored s;
	uint64_t out = atomic_load_explicit(&r->out, memory_order_relaxed);
	if (out == atomic_load_explicit(&r->in, memory_order_acquire))
		return false;
	copy_out(r, out, &s, sizeof s);
	copy_out(r, out + sizeof s, ret_data, s.size);
	*ret = s.head;
	*ret_size = s.size;
	atomic_store_explicit(&r->out, out + sizeof s + s.size, memory_order_release);
	return true;
}

uint64_t etw_ring_lost(const struct etw_ring *r)
{
	return atomic_load_explicit(&r->lost, memory_order_relaxed);
}
