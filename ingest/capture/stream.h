/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_STREAM_H
#define INGEST_CAPTURE_STREAM_H

/*
 * Messages that came in several pieces, in any order: a fixed number of buffers,
 * lent to one side of a flow each until its message is whole. When all are lent,
 * the one that waited longest is taken back.
 *
 * Offsets count from the first byte that has not been dropped. Of bytes that came
 * twice the first ones stay.
 */

#include "ingest/capture/flow.h"

#include "core/error.h"

enum {
	STREAMS = 256,
	STREAM_MAX = 66 << 10,  /* a DNS message of 65535 bytes with its length */
	STREAM_AHEAD = 32 << 10, /* how far behind the first gap pieces are kept */
	STREAM_PIECES = 32,     /* with gaps between them */
};

struct streams; /* opaque */

struct streams *streams_new(void);
void streams_free(struct streams *s); /* NULL-safe */

/* Is anything kept there? */
bool stream_holds(const struct streams *s, const struct flow *f, unsigned side);

/* What stands there without a gap, from the first byte; empty where that is missing.
 * Valid until the next call. */
struct slice stream_waiting(const struct streams *s, const struct flow *f, unsigned side);

/* How many bytes are missing in front of the first piece. */
size_t stream_missing(const struct streams *s, const struct flow *f, unsigned side);

/* Keeps a piece. False, and nothing changed, where it is too far on or there are too
 * many. `ret_lost` tells that another message was given up for it. */
bool stream_put(struct streams *s, struct flow *f, unsigned side, size_t offset, struct slice bytes,
		bool *ret_lost) MUST_CHECK;

/* Takes bytes from the front, gaps included; the buffer goes back with the last piece. */
void stream_drop(struct streams *s, struct flow *f, unsigned side, size_t size);

#endif
