/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_CENSUS_H
#define INGEST_ETL_CENSUS_H

/*
 * How many events of whom were left out. The first CENSUS_MAX providers are told one by
 * one, the rest together.
 */

#include "ingest/etl/provider.h"
#include "ingest/reader.h"

enum { CENSUS_MAX = 64 };

struct census;

struct census *census_new(void);
void census_free(struct census *c); /* NULL-safe */

/* `malformed`: of a kind that is read, but not as it should be. */
void census_add(struct census *c, const struct event *e, bool malformed, uint64_t number);

/* A row of `skipped` for each. */
enum status census_write(const struct census *c, struct ingest *to, struct error *err) MUST_CHECK;

#endif
