/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_PROCESS_TABLE_H
#define INGEST_ETL_PROCESS_TABLE_H

/*
 * The processes that a trace tells of, put together out of what two providers say when
 * one starts, when it ends, and of those that were there already. Events come in any
 * order, and a number is used again.
 */

#include "ingest/reader.h"

enum {
	PROCESSES_MAX = 1 << 16, /* of a trace; further ones are counted only */
	PROCESS_COMM_MAX = 128,
	PROCESS_EXE_MAX = 512,
};

enum process_moment {
	PROCESS_STARTS,
	PROCESS_IS,   /* there, at the beginning or the end of the trace, or now */
	PROCESS_ENDS,
};

struct process_told {
	enum process_moment moment;
	uint32_t pid, ppid;      /* ppid 0: not told */
	uint32_t creator;        /* who made it, whatever it calls its parent; likewise */
	int64_t time_ns;
	const char *name;        /* with or without its folder; "": not told */
	int64_t status;          /* PROCESS_ENDS */
};

struct process_table; /* opaque */

/* `next_id`: of rows of `process`; counted up, not owned. */
struct process_table *process_table_new(int64_t *next_id);
void process_table_free(struct process_table *t); /* NULL-safe */

void process_table_note(struct process_table *t, const struct process_told *told);

/* One that is the session's, as the session itself says, with the id of its row, which is
 * there already. What it makes is the session's too. */
void process_table_member(struct process_table *t, const struct process_told *told, int64_t id);

/* The end of one, where it is known at all. */
void process_table_end(struct process_table *t, uint32_t pid, int64_t time_ns, int64_t status);

/* An image that was loaded into a process: its program, where the names agree. */
void process_table_image(struct process_table *t, uint32_t pid, int64_t time_ns, const char *path);

/* The one that had that number then, or was the nearest to it; false where none had. */
struct process_row {
	int64_t id; /* process(id) */
	const char *comm;
	bool member; /* it was the session's, and lived then */
};
bool process_table_find(struct process_table *t, uint32_t pid, int64_t time_ns, struct process_row *ret);

/* A row for each that has none yet. */
enum status process_table_write(struct process_table *t, struct ingest *to, struct error *err) MUST_CHECK;

#endif
