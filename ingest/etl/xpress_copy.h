/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_XPRESS_COPY_H
#define INGEST_ETL_XPRESS_COPY_H

/*
 * What both decoders write to: bytes, and repetitions of what was written already.
 */

#include "core/cursor.h"

struct unpacked {
	unsigned char *at; /* not owned */
	size_t used, room;
};

static inline bool unpacked_full(const struct unpacked *u)
{
	return u->used == u->room;
}

/* False where there is no room. */
static inline bool unpacked_put(struct unpacked *u, unsigned char byte)
{
	if (unpacked_full(u))
		return false;
	u->at[u->used++] = byte;
	return true;
}

/* Repeats `size` bytes that began `back` bytes ago, which may run into themselves; what
 * does not fit is left out. False where there is no such beginning. */
static inline bool unpacked_repeat(struct unpacked *u, size_t back, size_t size)
{
	if (back == 0 || back > u->used)
		return false;
	size_t left = u->room - u->used;
	unsigned char *to = u->at + u->used;
	size = size < left ? size : left;
	if (back >= size)
		memcpy(to, to - back, size);
	else
		for (size_t i = 0; i < size; i++)
			to[i] = u->at[u->used - back + i];
	u->used += size;
	return true;
}

#endif
