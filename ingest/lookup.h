/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_LOOKUP_H
#define INGEST_LOOKUP_H

/*
 * A table from a number to a row id, for joining records while they are read.
 * Grows up to a maximum stated at the start; past it, nothing new goes in and
 * lookup_put() says so.
 */

#include "core/error.h"

#include <stdint.h>

struct lookup; /* opaque */

struct lookup *lookup_new(size_t max_entries);
void lookup_free(struct lookup *l); /* NULL-safe */

/* Sets or replaces; false where the table is full. */
bool lookup_put(struct lookup *l, uint64_t key, int64_t id) MUST_CHECK;

/* 0 where the key is not there. */
int64_t lookup_get(const struct lookup *l, uint64_t key);

#endif
