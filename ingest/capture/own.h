/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_OWN_H
#define INGEST_CAPTURE_OWN_H

/*
 * Whose machine a capture was taken on, where neither a session nor the user tells: as the
 * file states it, else as its flows make evident. What is found goes into capture_host, for
 * people to read: v_flow and v_dns show it, no judgement rests on it.
 */

#include "ingest/capture/flow.h"
#include "ingest/reader.h"

enum {
	OWN_ENDS_MAX = 4096, /* addresses that are counted at a time */
	OWN_SHARE = 95,      /* percent of the flows that the watched host is an end of */
	OWN_TOLD_MAX = 64,   /* rows of one file */
};

struct own; /* opaque */

/* NULL where a session or the user tells, and everything below does nothing. */
struct own *own_new(struct ingest *to);
void own_free(struct own *o); /* NULL-safe */

/* The file says that its interface has this address. */
void own_stated(struct own *o, const struct address *a);

/* A flow that came to its end. */
void own_count(struct own *o, const struct flow *f);

/* Writes what was found. */
enum status own_write(struct own *o, struct error *err) MUST_CHECK;

#endif
