/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

/*
 * How far long work is, on standard error: a line that is drawn anew on a terminal,
 * now and then a plain one elsewhere.
 */

#include <stdbool.h>
#include <stdint.h>

struct progress_line {
	bool quiet, terminal;
	bool drawn;
	int64_t started_ns, next_ns;
	const char *what; /* of what; not owned */
	uint64_t size;    /* bytes in all; 0: nobody knows */
};

struct progress_line progress_start(bool quiet);

/* The work goes on with something else, of that many bytes. */
void progress_next(struct progress_line *p, const char *what, uint64_t size);

/* So many bytes of it are done. */
void progress_at(struct progress_line *p, uint64_t bytes);

/* Takes the line off the terminal, so that something else can be printed. */
void progress_clear(struct progress_line *p);

#endif
