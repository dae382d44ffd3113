/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_TABLE_H
#define CLI_WATCH_TABLE_H

/*
 * Records of one size by a key, in the order in which they came, up to a stated maximum:
 * then the oldest of those that are over leave, and where these do not suffice the oldest
 * of all. Each record begins with its key, a uint64_t other than 0.
 */

#include "core/error.h"

#include <stdint.h>

struct watch_table; /* opaque; owns its records */

/* May it leave before others? */
typedef bool watch_over(const void *record);

struct watch_table *watch_table_new(size_t record_size, size_t max, watch_over *over);
void watch_table_free(struct watch_table *t); /* NULL-safe */
void watch_table_clear(struct watch_table *t);

/* NULL where it is not there. Records move when one is added: a pointer is good until then. */
void *watch_table_find(const struct watch_table *t, uint64_t key);

/* A new record, zeroed but for its key, which is not there yet. */
void *watch_table_add(struct watch_table *t, uint64_t key);

size_t watch_table_count(const struct watch_table *t);
void *watch_table_at(const struct watch_table *t, size_t number); /* in order, from 0 */
uint64_t watch_table_gone(const struct watch_table *t); /* how many had to leave */

#endif
