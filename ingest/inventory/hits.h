/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_HITS_H
#define INGEST_INVENTORY_HITS_H

/*
 * What was found in one member, each host once: a fixed room, emptied where it is full.
 */

#include "ingest/inventory/hostname.h"
#include "ingest/inventory/scan.h"

enum { HITS_ROOM = 1024 };

struct hits; /* opaque */

struct hits_entry {
	struct scan_hit hit; /* the first one */
	uint64_t count;
};

typedef void hits_sink(void *to, const struct hits_entry *entry);

struct hits *hits_new(hits_sink *sink, void *to);
void hits_free(struct hits *h); /* NULL-safe */

void hits_add(struct hits *h, const struct scan_hit *hit);

/* Hands on what is there, and forgets it. */
void hits_flush(struct hits *h);

#endif
