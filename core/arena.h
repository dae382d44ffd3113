/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

/*
 * Memory for strings and small records that live until the end of a run: given
 * out piece by piece, freed as a whole. Bounded by the maximum stated at the
 * start; a request past it returns NULL.
 */

#include "core/cursor.h"
#include "core/error.h"

struct arena; /* opaque; owns its blocks */

struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *a); /* NULL-safe */

/* Zeroed, aligned for any type; NULL past the maximum. */
void *arena_alloc(struct arena *a, size_t size) MUST_CHECK;

/* A NUL-terminated copy; NULL past the maximum. */
char *arena_string(struct arena *a, struct slice text) MUST_CHECK;

#endif
