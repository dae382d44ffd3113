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
	PROCESSES_MAX = 8192, /* of a trace; further ones are counted only */
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
	int64_t time_ns;
	const char *name;        /* with or without its folder; "": not told */
	int64_t status;          /* PROCESS_ENDS */
};

struct process_table; /* opaque */

struct process_table *process_table_new(int64_t first_id);
void process_table_free(struct process_table *t); /* NULL-safe */

void process_table_note(struct process_table *t, const struct process_told *told);

/* An image that was loaded into a process: its program, where the names agree. */
void process_table_image(struct process_table *t, uint32_t pid, int64_t time_ns, const char *path);

/* The one that had that number then; NULL where none had. */
struct process_row {
	int64_t id; /* process(id) */
	const char *comm;
};
bool process_table_find(const struct process_table *t, uint32_t pid, int64_t time_ns, struct process_row *ret);

/* A row for each. */
enum status process_table_write(const struct process_table *t, struct ingest *to, struct error *err) MUST_CHECK;

#endif
