/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_TRACE_H
#define INGEST_ETL_TRACE_H

/*
 * The state of reading one trace, shared by the files that turn its events into rows:
 * those of a file (etl.c), or those that a session recorded while it ran
 * (ingest/evidence_etw.c). Memory grows up to the maxima of the tables, never with the
 * file.
 */

#include "ingest/etl/buffer.h"
#include "ingest/etl/decode_event.h"
#include "ingest/etl/logfile.h"
#include "ingest/etl/provider.h"
#include "ingest/reader.h"

struct census;
struct connections;
struct dns_client;
struct packets;
struct process_table;

struct trace {
	struct ingest *to;
	struct logfile log;
	uint64_t number;      /* of the event at hand, from 1 */
	unsigned processor;   /* likewise */
	int64_t time_ns;      /* likewise; 0: not told */
	const struct live *live; /* not owned; NULL: a file */
	int64_t next_attempt, next_process; /* of a file */
	struct census *census; /* owned, as is all below */
	struct process_table *processes;
	struct connections *connections;
	struct packets *packets;
	struct dns_client *dns_client;
	/* of the event at hand */
	struct process_event process;
	struct dns_event dns;
};

struct trace *trace_new(struct ingest *to);

/* Of a session's own stream, whose rows get ids out of the counters of whoever reads it.
 * Nothing is owned. No packets are in it. */
struct trace *trace_new_live(struct ingest *to, const struct live *live, int64_t *next_attempt,
			     int64_t *next_process);
void trace_free(struct trace *t); /* NULL-safe */


/* Turns one event, however it came, into rows; time and number are set before. */
enum status trace_event(struct trace *t, struct event *e, struct error *err) MUST_CHECK;

/* Writes what waits until the end. */
enum status trace_end(struct trace *t, struct error *err) MUST_CHECK;

#endif
