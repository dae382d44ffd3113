/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_EVIDENCE_ROWS_H
#define INGEST_EVIDENCE_ROWS_H

/*
 * The state of reading one evidence log, shared by the files that turn its records
 * into rows: evidence.c (the log itself), evidence_process.c, evidence_attempt.c,
 * evidence_kernel.c, evidence_egress.c, evidence_etw.c, evidence_table.c, evidence_session.c.
 */

#include "ingest/evidence_line.h"
#include "ingest/lookup.h"
#include "ingest/reader.h"

struct etw;   /* evidence_etw.c */
struct trace; /* ingest/etl/trace.h */

struct evidence_rows {
	struct ingest *to;
	const struct evidence_line *line; /* the record at hand */
	int64_t t;                        /* its time */
	uint64_t record;                  /* its number, from 1 */
	bool host;                        /* every process counts as the session's */
	struct lookup *processes; /* pid → process(id) of the session's; negative once it ended */
	struct lookup *others;    /* a hash of pid and program → process(id) */
	int64_t next_process, next_attempt; /* ids */
	struct lookup *sockets;   /* cookie → the last attempt of that socket, packed */
	struct lookup *threads;   /* tid → attempt(id), the last of that thread */
	struct lookup *requests;  /* io_uring request → attempt(id) */
	uint64_t uring_tid, uring_request; /* submitted last; 0: none */
	int64_t clock_offset;     /* wall less monotonic, of the last record that told both */
	int64_t clock_wall; /* of that record */
	bool clock_known;
	int64_t clock_back, clock_ahead; /* the largest steps between two records; 0: none */
	struct etw *etw;          /* events of Windows; NULL: none came yet; owned */
	char buffers[4][EVIDENCE_STRING_MAX];
};

typedef enum status evidence_fn(struct evidence_rows *r, struct error *err);

/* Binds a member by its type; NULL where it is absent. `buffer`: which of the
 * reader's buffers plain text may go into. */
void evidence_bind_i64(struct evidence_rows *r, struct row_stream *q, int at, enum evidence_field f);
void evidence_bind_text(struct evidence_rows *r, struct row_stream *q, int at, enum evidence_field f,
			unsigned buffer);

/* A lookup that is full: what it should have joined is counted. */
enum status evidence_remember(struct evidence_rows *r, struct lookup *l, uint64_t key, int64_t id,
			      struct error *err) MUST_CHECK;

/* The process of the record descends from the session's first and has not ended, whatever
 * the record itself says of it. */
bool evidence_lives(const struct evidence_rows *r);

/* The process row of the record's pid; made where there is none yet. */
enum status evidence_process(struct evidence_rows *r, int64_t *ret, struct error *err) MUST_CHECK;

/* Records about processes. */
evidence_fn evidence_on_process, evidence_on_fork, evidence_on_exec, evidence_on_exit,
	evidence_on_image;

/* Records of the kernel witness about sockets: attempts (evidence_attempt.c), what came of
 * them (evidence_kernel.c), first packets (evidence_egress.c). */
evidence_fn evidence_on_attempt, evidence_on_unix, evidence_on_special, evidence_on_inherited;
evidence_fn evidence_on_result, evidence_on_sent, evidence_on_state, evidence_on_bytes, evidence_on_uring,
	evidence_on_uring_done;
evidence_fn evidence_on_egress, evidence_on_dropped;

/* Events of Windows. What waits until all are read is written by evidence_etw_end(). */
evidence_fn evidence_on_etw, evidence_on_etw_session, evidence_etw_end;
void evidence_etw_free(struct evidence_rows *r); /* idempotent */

/* The process of the record at hand is the session's, in row `id`; it ended. */
void evidence_etw_member(struct evidence_rows *r, uint64_t pid, int64_t id);
void evidence_etw_exit(struct evidence_rows *r, uint64_t pid);

/* A row of a table of sockets that names its process (evidence_table.c). */
evidence_fn evidence_table_row;

/* What the events become rows of, for the record at hand. */
struct trace *evidence_trace(struct evidence_rows *r);

/* Of a session that was isolated (evidence_isolation.c). */
evidence_fn evidence_on_isolation, evidence_on_isolation_proof, evidence_on_isolation_look,
	evidence_on_isolation_open, evidence_on_carried;

/* Whom the machine asks on its behalf (evidence_role.c). */
evidence_fn evidence_on_resolver, evidence_on_proxy;

/* What the wall clock did against the monotonic one (evidence_session.c): takes note of it
 * with every record, and tells it at the end. */
void evidence_clock(struct evidence_rows *r);
evidence_fn evidence_clock_end;

/* Everything else. */
evidence_fn evidence_on_witness, evidence_on_canary, evidence_on_capture, evidence_on_tool, evidence_on_applog,
	evidence_on_network, evidence_on_command, evidence_on_close, evidence_on_left,
	evidence_on_later,
	evidence_on_socket, evidence_on_checkpoint, evidence_on_session_egress,
	evidence_on_posture;

#endif
