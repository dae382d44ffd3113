/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_READER_H
#define INGEST_READER_H

/*
 * What every input format is to ingest: one row in registry.c.
 */

#include "core/error.h"
#include "ingest/input.h"
#include "ingest/row.h"
#include "ingest/start.h"

struct descriptions;
struct description;

/* What a user may say of the logs to be read. */
struct ingest_logs {
	const struct descriptions *known; /* described formats; NULL: those that are built in */
	const struct zone *zone;          /* of times that tell none; NULL: nobody knows */
};

enum { SKIP_REASONS_MAX = 32 };

/* Of a reason that has its row already: how many more there were. */
struct skip_count {
	char reason[96];
	uint64_t count;
};

/* Where the rows of one file go. */
struct ingest {
	struct row_stream *rows; /* not owned */
	const struct start *start; /* likewise */
	bool of_session;     /* its evidence tells when a log ended */
	bool followed;       /* it may go on in other files: input_next() */
	int64_t source;      /* source(id) of this file */
	const char *path;    /* for messages */
	struct filter *filter; /* of packets; NULL: all are read */
	/* of the session this file belongs to, 0 where there is none */
	int64_t app_log;     /* app_log(id), for readers of application logs */
	uint64_t from_byte, to_byte; /* only what stands between is of the session; 0,0: all */
	struct skip_count skipped[SKIP_REASONS_MAX]; /* of ingest_skip() */
	size_t skip_reasons;
};

struct reader {
	const char *name;  /* as in source.reader and --as */
	const char *reads; /* in words */
	unsigned writes;   /* ROW_WRITES_ */
	/* 0: not this; 100: certainly. From the first INPUT_SNIFF bytes. */
	unsigned (*sniff)(struct slice first);
	/* Reads all of it into rows. What it cannot read it counts with ingest_skip();
	 * it fails only where a row or a read does. `ret_records`: lines, packets or
	 * records read. */
	enum status (*read)(struct ingest *to, struct input *in, uint64_t *ret_records,
			    struct error *err);
};

extern const struct reader *const readers[]; /* NULL-terminated */

/* Counts what could not be read, by reason (a short constant); keeps the first
 * place and a printable example of it. */
enum status ingest_skip(struct ingest *to, const char *reason, uint64_t record,
			struct slice example, struct error *err) MUST_CHECK;
enum status ingest_skip_many(struct ingest *to, const char *reason, uint64_t count,
			     uint64_t record, struct slice example, struct error *err) MUST_CHECK;

/* Hands on the counts: once, behind the last of what was read. */
enum status ingest_skip_finish(struct ingest *to, struct error *err) MUST_CHECK;

#endif
