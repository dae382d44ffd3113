/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

/*
 * Files into audit.db: a session folder as a whole, or any single file.
 */

#include "core/store.h"
#include "ingest/reader.h"

struct ingest_result {
	const char *reader; /* the one that read it */
	int64_t source;     /* source(id) */
	uint64_t records, bytes;
};

/* Reads one file (relative to `dirfd`; "-" is standard input) by the reader named
 * `as`, or, where `as` is NULL, by the one that recognises it. Two that are equally
 * sure, or none, is ERR_MALFORMED with a question to the user. */
enum status ingest_file(struct store *store, int dirfd, const char *path, const char *as,
			const struct progress *progress, struct ingest_result *ret,
			struct error *err) MUST_CHECK;

/* Builds `db` (which must not be there) anew from the raw files of a session
 * folder: session.json, evidence.ndjson, capture.pcapng, tools/ and applogs/. What
 * is missing is left out; coverage shows it. */
enum status ingest_session(int folder, const char *db, struct error *err) MUST_CHECK;

#endif
