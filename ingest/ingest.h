/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

/*
 * Files into audit.db: a session folder as a whole, or any single file.
 */

#include "core/store.h"
#include "ingest/reader.h"

struct ingest_result {
	char reader[32];    /* the one that read it */
	unsigned writes;    /* ROW_WRITES_, of that one */
	uint64_t records, bytes;
	int64_t source; /* source(id) */
	int64_t app_log; /* app_log(id); 0: it is no log */
	struct row_tally tally;
};

/* Who is told how far the reading is, now and then. */
struct progress {
	/* NULL: nobody asks. False: give up. */
	bool (*tell)(void *to, uint64_t bytes);
	void *to;
};

struct feeder_more; /* ingest/feeder.h */

struct ingest_options {
	const char *as;     /* the reader's name; NULL: the one that recognises the file */
	unsigned kinds;     /* ROW_WRITES_ of the readers that may; 0: all */
	const char *filter; /* of packets, as tcpdump takes it; NULL: all */
	const struct ingest_logs *logs; /* NULL: nothing was said of them */
	struct progress progress;
	const struct feeder_more *more; /* files that follow this one; NULL: none do */
};

/* Reads one file (relative to `dirfd`; "-" is standard input). Two readers that are
 * equally sure of it, or none, is ERR_MALFORMED with a question to the user. */
enum status ingest_file(struct store *store, int dirfd, const char *path,
			const struct ingest_options *how, struct ingest_result *ret,
			struct error *err) MUST_CHECK;

/* Builds `db` (which must not be there) anew from the raw files of a session
 * folder: session.json, evidence.ndjson, capture.pcapng and those behind it, tools/, applogs/, posture.ndjson and
 * bench/run.ndjson. What is missing is left out; coverage shows it. */
enum status ingest_session(int folder, const char *db, struct error *err) MUST_CHECK;
enum status ingest_session_of(int folder, const char *db, const struct ingest_logs *logs,
			      struct error *err) MUST_CHECK;

#endif
