/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ROW_H
#define INGEST_ROW_H

/*
 * Rows on their way from a reader to the store. A reader runs in a process without
 * rights and holds no database: it names a statement and its values, which are kept
 * as bytes and handed on in batches, to be run elsewhere.
 *
 *   row    size:4 (of what follows)  query:2  values:2, then each value:
 *   value  position:1  type:1  then of a number 8 bytes, of a text size:4 and bytes
 *
 * All numbers little-endian. A value that is not given is NULL.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/store.h"

enum {
	ROW_BATCH = 128 << 10,   /* bytes that are handed on together */
	ROW_BATCH_MAX = 96 << 20, /* one row may be that large */
};

struct row_stream; /* opaque */

/* Takes a batch: whole rows. */
typedef enum status row_sink(void *to, struct slice batch, struct error *err);

struct row_stream *row_stream_new(row_sink *sink, void *to);
void row_stream_free(struct row_stream *s); /* NULL-safe; what was not flushed is lost */

/* A row for that statement, one at a time. Values are copied. */
struct row_stream *row_begin(struct row_stream *s, enum query query);
void row_i64(struct row_stream *s, int at, int64_t value);
void row_slice(struct row_stream *s, int at, struct slice text);
void row_text(struct row_stream *s, int at, const char *text); /* NULL → NULL */
enum status row_end(struct row_stream *s, struct error *err) MUST_CHECK;

/* Hands on what is waiting. */
enum status row_flush(struct row_stream *s, struct error *err) MUST_CHECK;

/* What the rows of one file may touch: rows of its own, in the tables of its kind. */
struct row_rights {
	unsigned writes; /* ROW_WRITES_ */
	int64_t source;  /* source(id) */
	int64_t app_log; /* app_log(id) */
	int64_t flow, dns, attempt, process; /* the first ids that are its own */
};

enum {
	ROW_WRITES_CAPTURE = 1,
	ROW_WRITES_EVIDENCE = 2,
	ROW_WRITES_SESSION = 4,
	ROW_WRITES_LOG = 8,
	ROW_WRITES_SOCKETS = 16,
	ROW_WRITES_TRACE = 32,
	ROW_WRITES_CHALLENGE = 64,
	ROW_WRITES_POSTURE = 128,
	ROW_WRITES_BENCHMARK = 256,
	ROW_WRITES_PAST = 512,
	ROW_WRITES_AUDIT = 1024,
};

/* What was written: rows that say something of what happened, and when that was. */
struct row_tally {
	uint64_t rows;
	int64_t first_ns, last_ns; /* 0: no time is known */
};

/* Runs the statements of a batch and adds to the tally. One that breaks the format or is none of those the
 * rights allow is ERR_MALFORMED: only a reader gone wrong writes such a thing. */
enum status row_apply(struct store *store, const struct row_rights *rights, struct slice batch,
		      struct row_tally *tally, struct error *err) MUST_CHECK;

#endif
