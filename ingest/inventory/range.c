/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/range.h"

#include <string.h>

enum { LOOK = 64 << 10 };

static size_t read_memory(void *from, uint64_t offset, unsigned char *to, size_t size)
{
	const struct slice *all = from;
	if (offset >= all->size)
		return 0;
	struct slice part = slice_part(*all, (size_t)offset, size);
	memcpy(to, part.at, part.size);
	return part.size;
}

struct range range_over(const struct slice *bytes)
{
	return (struct range){read_memory, (void *)(uintptr_t)bytes, 0, bytes->size};
}

struct range range_part(const struct range *r, uint64_t from, uint64_t size)
{
	uint64_t start = from < r->size ? from : r->size, left = r->size - start;
	return (struct range){r->read_at, r->from, r->start + start, size < left ? size : left};
}

size_t range_read(const struct range *r, uint64_t offset, unsigned char *to, size_t size)
{
	size_t got = 0, now = 1;
	if (offset >= r->size)
		return 0;
	uint64_t left = r->size - offset;
	size = size < left ? size : (size_t)left;
	for (; got < size && now > 0; got += now)
		now = r->read_at(r->from, r->start + offset + got, to + got, size - got);
	return got;
}

uint64_t range_search(const struct range *r, uint64_t from, struct slice needle)
{
	unsigned char bytes[LOOK];
	while (from < r->size) {
		size_t got = range_read(r, from, bytes, sizeof bytes);
		size_t at = slice_search(slice_of(bytes, got), needle);
		if (at < got)
			return from + at;
		if (got < sizeof bytes)
			break;
		from += got - needle.size; /* it may stand across the seam */
	}
	return r->size;
}
