/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_STREAM_H
#define INGEST_CAPTURE_STREAM_H

/*
 * Messages that came in several TCP segments: a fixed number of buffers, lent to
 * one side of a flow each until its message is whole. When all are lent, the one
 * that waited longest is taken back.
 */

#include "ingest/capture/flow.h"

#include "core/error.h"

enum {
	STREAMS = 128,
	STREAM_MAX = 66 << 10, /* a DNS message of 65535 bytes with its length */
};

struct streams; /* opaque */

struct streams *streams_new(void);
void streams_free(struct streams *s); /* NULL-safe */

/* What waits there; empty where nothing does. Valid until the next call. */
struct slice stream_waiting(struct streams *s, const struct flow *f, unsigned side);

/* Adds behind what waits. False where it would be too long: nothing waits then.
 * `ret_lost` tells that another message was given up for it. */
bool stream_add(struct streams *s, struct flow *f, unsigned side, struct slice bytes,
		bool *ret_lost) MUST_CHECK;

/* Takes bytes from the front; of all of them gives the buffer back. */
void stream_drop(struct streams *s, struct flow *f, unsigned side, size_t size);

#endif
