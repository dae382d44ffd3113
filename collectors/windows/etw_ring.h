/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_ETW_RING_H
#define COLLECTORS_WINDOWS_ETW_RING_H

/*
 * Events on their way from the thread that Windows hands them to, which must never wait,
 * to the one that writes the evidence. What finds no room is counted. Nothing of it is of
 * Windows. One thread puts, one takes.
 */

#include "collectors/windows/etw_record.h"

struct etw_ring; /* opaque */

/* `bytes`: a power of two, at least two of the largest events. */
struct etw_ring *etw_ring_new(size_t bytes);
void etw_ring_free(struct etw_ring *r); /* NULL-safe */

/* A copy of an event; what its payload has past ETW_DATA_MAX is left out. False, and one
 * more lost, where there is no room. */
bool etw_ring_put(struct etw_ring *r, const struct etw_record *head, struct slice data);

/* The oldest one that is left, with its payload; false: there is none. */
bool etw_ring_take(struct etw_ring *r, struct etw_record *ret, unsigned char ret_data[static ETW_DATA_MAX],
		   size_t *ret_size);

uint64_t etw_ring_lost(const struct etw_ring *r);

#endif
