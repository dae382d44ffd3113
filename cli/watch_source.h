/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_SOURCE_H
#define CLI_WATCH_SOURCE_H

/*
 * The rows of a session's folder in the order of time: of its evidence, and of its capture
 * for the names. Of one that runs as they come; of one that is over up to a time, so that
 * it can be played again.
 */

#include "cli/watch_model.h"
#include "ingest/follow.h"

enum { WATCH_EVIDENCE, WATCH_CAPTURE, WATCH_STREAMS };

struct watch_stream {
	int fd;                /* owned; -1: not there, or not yet */
	struct follow *follow; /* owned; NULL: likewise */
	struct cursor batch;
	struct row_values row; /* the next one */
	bool have, ended;
	int64_t time_ns; /* of the latest row with a time, `row` included */
};

struct watch_source {
	int folder; /* owned */
	bool growing, host;
	struct watch_stream streams[WATCH_STREAMS];
	int64_t last_ns; /* of the last record of one that is over; 0: not known */
	int64_t next_ns; /* of the row that waits for its time; 0: none does */
	int64_t heard_ns; /* monotonic: when something came */
	struct error failure; /* why one of the streams ended before its end; the other goes on */
};

/* Has that evidence come to its end? Then `ret_last_ns` is the time of its last record. */
bool watch_has_end(int fd, int64_t *ret_last_ns);

/* Opens the folder; `ret_running`: its evidence has no end yet. */
enum status watch_source_open(const char *path, struct watch_source *ret, bool *ret_running, struct error *err) MUST_CHECK;
void watch_source_close(struct watch_source *s); /* idempotent */

/* Reads from the start on (anew). */
enum status watch_source_start(struct watch_source *s, bool growing, struct error *err) MUST_CHECK;

typedef void watch_tell(void *to, const struct watch_model *m, const struct watch_change *change);

/* Applies what is there and is not later than `limit_ns`, until `deadline_ns` (monotonic);
 * never waits. `tell` may be NULL. True where there is more at once: it was the deadline
 * that ended it, or so much came that the next part will be there soon. */
bool watch_source_step(struct watch_source *s, struct watch_model *m, int64_t limit_ns, int64_t deadline_ns,
		       watch_tell *tell, void *to);

/* The session is over: what is there is read, and nothing more is waited for. */
void watch_source_finish(struct watch_source *s);

/* All was read. */
bool watch_source_ended(const struct watch_source *s);

/* Waits until something comes, at most so long. */
void watch_source_wait(const struct watch_source *s, int timeout_ms);

#endif
