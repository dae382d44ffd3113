/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_PROCESSES_H
#define COLLECTORS_PROCESSES_H

/*
 * The session's living processes, as the kernel's fork and exit records tell.
 */

#include "core/error.h"

#include <stdint.h>

enum { PROCESSES_MAX = 131072 };

struct processes; /* opaque */

struct processes *processes_new(void);
void processes_free(struct processes *p); /* NULL-safe */

/* Adding one that is there, or removing one that is not, changes nothing; past
 * PROCESSES_MAX nothing is added (the kernel's own table is no larger and counts it). */
void processes_add(struct processes *p, uint32_t pid);
void processes_remove(struct processes *p, uint32_t pid);
bool processes_has(const struct processes *p, uint32_t pid);
size_t processes_count(const struct processes *p);
uint64_t processes_seen(const struct processes *p); /* ever */

/* Steps through the living ones: start with *at = 0; 0 at the end. */
uint32_t processes_next(const struct processes *p, size_t *at);

#endif
