/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_DATABASE_H
#define CLI_DATABASE_H

#include "analysis/endpoints.h"
#include "analysis/frameworks.h"
#include "analysis/judge.h"
#include "ingest/ingest.h"

/* Builds audit.db of a session folder anew from its raw files, judges it and puts
 * it in the place of one that was there. `policy`: NULL for the session's own;
 * `logs`: NULL for the formats that are built in; `rules` and `controls`: NULL for the
 * endpoints and the frameworks that are. */
enum status database_build(int folder, const char *path, const struct policy *policy,
			   const struct ingest_logs *logs, const struct endpoints *rules,
			   const struct frameworks *controls, enum verdict *ret, struct error *err) MUST_CHECK;

/* Opens PATH/audit.db, or PATH itself where that is a file. */
enum status database_open(const char *path, enum store_mode mode, struct store **ret,
			  struct error *err) MUST_CHECK;

#endif
