/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_BUNDLE_H
#define REPORT_BUNDLE_H

/*
 * One file for an assessor's desk: a sealed session, laid out for people, sealed anew over
 * that layout (the old seal stays inside, in raw/seal/), in a ZIP of one form (zip.h).
 */

#include "core/file.h"
#include "core/store.h"
#include "report/seal.h"
#include "report/timestamp.h"

enum { BUNDLE_NAME_MAX = 200 };

struct bundle_request {
	int session;         /* the sealed folder */
	int to;              /* the folder that the bundle goes into */
	const char *name;    /* of the file in it */
	const char *top;     /* of the folder within it: bundle_name() */
	const char *time_json, *tool_json; /* their contents */
	const struct signing *signing;
	const struct seal_facts *facts;
	const struct timestamp_source *stamp; /* NULL: no time stamp over its seal */
};

/* Writes it; it appears under its name when it is whole. What was there before stays until
 * then. A folder NAME.parts is made beside it meanwhile, with links to the session's files
 * where the file system gives them, else copies. */
enum status bundle_write(const struct bundle_request *r, struct error *err) MUST_CHECK;

/* Where a file of a session lies in its bundle, below the one folder of it. */
void bundle_place(const char *path, char ret[static FILE_PATH_MAX]);

/* Removes a folder and all in it, without following links. */
void bundle_remove(int folder);

/* "AGV_<org>_<system>_<host>_<UTCstart>_<UTCend>_<run>": letters, digits, '.' and '-' of each
 * part, "x" where nothing is left of one: then it returns false. */
bool bundle_name(const char *organisation, const char *system, const char *host, int64_t from_ns, int64_t to_ns,
		 const char *id, char ret[static BUNDLE_NAME_MAX]);

/* time.json and tool.json, out of the database. */
enum status bundle_time(struct store *store, struct text *ret, struct error *err) MUST_CHECK;
enum status bundle_tool(struct store *store, struct text *ret, struct error *err) MUST_CHECK;

#endif
