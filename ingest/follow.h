/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_FOLLOW_H
#define INGEST_FOLLOW_H

/*
 * The rows of a file while it grows, for whoever wants to see them and needs no store: by
 * the readers of ingest, in a process of the same kind (decode.h). Whoever does not take
 * them halts that process and the reading with it: nothing is kept but what one pipe and
 * one ring hold.
 */

#include "core/cursor.h"
#include "core/error.h"

struct follow; /* opaque */

struct follow_request {
	int fd;           /* from its current position on; the caller's, and must outlive it */
	const char *name; /* for messages; likewise */
	const char *as;   /* the reader's name */
	bool growing;     /* its end is no end, until follow_end() */
	bool host_scope;  /* every process counts as the session's */
	bool capture;     /* it is the first file of a capture: those in `folder` that follow are read, too */
	int folder;       /* likewise the caller's */
};

/* Ids of rows begin at 1. */
enum status follow_start(const struct follow_request *request, struct follow **ret, struct error *err) MUST_CHECK;

/* The next batch of rows (row_read.h), valid until the next call; empty where there is none
 * now. Never waits. `ret_end`: nothing will follow. */
enum status follow_next(struct follow *f, struct slice *ret, bool *ret_end, struct error *err) MUST_CHECK;

/* Readable when there is something to be taken. */
int follow_fd(const struct follow *f);

/* The file has grown to its end. */
void follow_end(struct follow *f);

/* Ends the process where it still runs. NULL-safe. */
void follow_free(struct follow *f);

#endif
