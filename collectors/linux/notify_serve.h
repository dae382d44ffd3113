/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_SERVE_H
#define COLLECTORS_LINUX_NOTIFY_SERVE_H

/*
 * Threads that take the calls of a filter's listener (seccomp_unotify(2)) and answer them.
 * One is enough until a call may take long: then another one is there for the rest; at the next
 * look only (notify_serve_look()) where such calls were over at once lately.
 */

#include "collectors/linux/notify_queue.h"
#include "collectors/linux/notify_who.h"
#include "core/error.h"

enum {
	NOTIFY_WORKERS_MAX = 512, /* calls that wait for somebody else at the same time; more are refused */
	NOTIFY_HELD_MS = 50,	  /* an attempt that takes longer is told before it has ended */
};

struct notify_server; /* opaque */
struct notify_worker; /* opaque: one thread of it */

/* `listener` stays the caller's, and so do the others; what it records goes into `queue`. With
 * `killable` the filter was made so that signals wait for the answer. */
enum status notify_serve(int listener, bool killable, struct notify_queue *queue, struct notify_programs *programs,
			 struct notify_server **ret, struct error *err) MUST_CHECK;

/* To be called a hundred times a second: sends a thread to the listener where none is left there,
 * frees threads whose callers are gone or have a signal to take, and tells of attempts that take
 * long. */
void notify_serve_look(struct notify_server *s, void (*tell)(void *context, const struct notify_record *r),
		       void *context);

/* Calls that were refused, and of which nothing is recorded: whose they were could not be read. */
uint64_t notify_serve_lost(struct notify_server *s);

/* False once all threads have ended; to be called again, with the queue emptied between. */
bool notify_serve_ends(struct notify_server *s);

/* Where they do not: whatever they still have at hand is not done. Returns how many are left, each with
 * a call; what they were given must stay until this process ends. */
size_t notify_serve_give_up(struct notify_server *s);

void notify_serve_free(struct notify_server *s); /* NULL-safe; once they have ended */

/* For those who do a call, on its thread. */

/* Who asks, as it is now; NULL where it is gone, or cannot be looked at: then its call, which is not
 * done, is counted as lost. */
const struct notify_known *notify_look(struct notify_worker *w);

/* Does whoever asked still wait, so that what was copied was theirs? */
bool notify_valid(struct notify_worker *w);

/* Records what was done; waits while the queue is full. */
void notify_put(struct notify_worker *w, const struct notify_record *record);

/* Around what may take long. False where no thread would be left for the others. `early`
 * (NULL: none) is told where it does take long; notify_unblock() says whether it was. */
bool notify_block(struct notify_worker *w, const struct notify_record *early) MUST_CHECK;
bool notify_unblock(struct notify_worker *w);

/* What the caller is told instead of `value` where a signal of its own ended the waiting. */
int64_t notify_interrupted(const struct notify_worker *w, int64_t value);

#endif
