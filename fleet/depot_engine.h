/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_DEPOT_ENGINE_H
#define FLEET_DEPOT_ENGINE_H

/*
 * What an engine does of a store; depot.c asks it. Nobody else includes this.
 */

#include "fleet/depot.h"

enum { DEPOT_VERSION = 1, DEPOT_APPLICATION_ID = 0x4147564c /* "AGVL" */ };

struct depot_calls {
	void (*free)(void *engine);
	/* Runs statements that are ours, one after the other. */
	enum status (*execute)(void *engine, const char *sql, const char *what, struct error *err);
	enum status (*ask)(void *engine, enum fleet_query query, const char *sql, const struct value values[], size_t count,
			   void **ret, struct error *err);
	enum status (*step)(void *answer, bool *ret_row, struct error *err);
	void (*end)(void *answer);
	size_t (*columns)(const void *answer);
	const char *(*name)(const void *answer, size_t column);
	bool (*is_null)(const void *answer, size_t column);
	int64_t (*number)(const void *answer, size_t column);
	struct slice (*text)(const void *answer, size_t column);
	enum status (*month)(void *engine, int64_t month, struct error *err);
	enum status (*fill_begin)(void *engine, enum table_kind table, int64_t month, struct error *err);
	enum status (*fill_row)(void *engine, const struct value row[], size_t count, struct error *err);
	enum status (*fill_end)(void *engine, struct error *err);
	bool (*lost)(const void *engine);
	const char *begin, *begin_reading, *settle; /* before looking at tables: a small part of each will do */
};

struct depot_opened {
	void *engine; /* owned by the depot */
	int64_t version; /* 0: it holds nothing yet */
};

extern const struct depot_calls depot_sqlite_calls, depot_postgresql_calls;

enum status depot_sqlite_open(const struct depot_options *options, enum depot_mode mode, struct depot_opened *ret,
			      struct error *err) MUST_CHECK;
enum status depot_postgresql_open(const struct depot_options *options, enum depot_mode mode, struct depot_opened *ret,
				  struct error *err) MUST_CHECK;

#endif
