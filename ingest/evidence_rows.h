/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_EVIDENCE_ROWS_H
#define INGEST_EVIDENCE_ROWS_H

/*
 * The state of reading one evidence log, shared by the files that turn its records
 * into rows: evidence.c (the log itself), evidence_process.c, evidence_kernel.c,
 * evidence_session.c.
 */

#include "ingest/evidence_line.h"
#include "ingest/lookup.h"
#include "ingest/reader.h"

struct evidence_rows {
	struct ingest *to;
	const struct evidence_line *line; /* the record at hand */
	int64_t t;                        /* its time */
	uint64_t record;                  /* its number, from 1 */
	bool host;                        /* every process counts as the session's */
	struct lookup *processes; /* pid → process(id) of the session's */
	struct lookup *others;    /* a hash of pid and program → process(id) */
	int64_t next_process, next_attempt; /* ids */
	struct lookup *sockets;   /* cookie → the last attempt of that socket, packed */
	struct lookup *threads;   /* tid → attempt(id), the last of that thread */
	struct lookup *requests;  /* io_uring request → attempt(id) */
	uint64_t uring_tid, uring_request; /* submitted last; 0: none */
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

/* The process row of the record's pid; made where there is none yet. */
enum status evidence_process(struct evidence_rows *r, int64_t *ret, struct error *err) MUST_CHECK;

/* Records about processes. */
evidence_fn evidence_on_process, evidence_on_fork, evidence_on_exec, evidence_on_exit,
	evidence_on_image;

/* Records of the kernel witness about sockets. */
evidence_fn evidence_on_attempt, evidence_on_unix, evidence_on_special, evidence_on_inherited,
	evidence_on_result,
	evidence_on_sent, evidence_on_state, evidence_on_bytes, evidence_on_egress,
	evidence_on_uring, evidence_on_uring_done;

/* Everything else. */
evidence_fn evidence_on_witness, evidence_on_canary, evidence_on_tool, evidence_on_applog,
	evidence_on_network, evidence_on_command, evidence_on_close, evidence_on_left,
	evidence_on_socket, evidence_on_checkpoint, evidence_on_session_egress,
	evidence_on_posture;

#endif
