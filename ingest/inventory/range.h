/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_RANGE_H
#define INGEST_INVENTORY_RANGE_H

/*
 * Bytes that can be read at any place: a file, or a part of one, or memory.
 */

#include "core/cursor.h"

struct range {
	/* At most `size` bytes from `offset` on; how many, 0 at the end and where they
	 * cannot be read. */
	size_t (*read_at)(void *from, uint64_t offset, unsigned char *to, size_t size);
	void *from;
	uint64_t start, size; /* of these bytes, in `from` */
};

/* Over memory, which must outlive it: `bytes` itself too. */
struct range range_over(const struct slice *bytes);

/* A part of one; what is outside of it is left out. */
struct range range_part(const struct range *r, uint64_t from, uint64_t size);

/* At most `size` bytes from `offset` on, fewer only where there are no more. */
size_t range_read(const struct range *r, uint64_t offset, unsigned char *to, size_t size);

/* Where these bytes stand first, at or behind `from`; the size of the range where they do
 * not, or cannot be read. At most RANGE_NEEDLE_MAX bytes. */
enum { RANGE_NEEDLE_MAX = 64 };

uint64_t range_search(const struct range *r, uint64_t from, struct slice needle);

#endif
