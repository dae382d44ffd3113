/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_STATE_H
#define COLLECTORS_LINUX_NOTIFY_STATE_H

/*
 * The threads that answer calls as they stand, for the files that run them
 * (notify_serve.c), that say whose turn it is to wait for a call (notify_turn.c), and that know a
 * call made again (notify_again.c).
 */

#include "collectors/linux/notify_serve.h"
#include "collectors/linux/notify_unheard.h"

#include <linux/seccomp.h>
#include <pthread.h>
#include <stdatomic.h>

struct notify_worker {
	struct notify_server *server;
	pthread_t thread;
	bool joined;
	struct seccomp_notif *request; /* owned, as large as the kernel has it */
	struct notify_callers callers;
	int64_t blocked_ns; /* since when; 0: it does not. This and the following under the lock */
	const struct notify_record *early;
	bool told, interrupted;
	bool at_hand, waited; /* a call is; the last one had to wait */
	bool busy; /* with a call that may be made again; only where not killable */
	unsigned turns;
	atomic_bool ended;
};

/* Whose turn it is to wait for a call (notify_turn.c). It has a lock of its own, for each call takes
 * it, and the other is held while all who wait long are looked at. */
struct notify_turn {
	pthread_mutex_t lock;
	pthread_cond_t free;
	size_t waiting, at_hand, resting; /* threads at the listener, with a call, and with nothing to do */
	uint64_t received, looked_at;	  /* calls so far, and at the last look */
	bool over;
};

struct notify_server {
	int listener;
	bool killable;
	size_t request_size;
	struct notify_queue *queue;
	struct notify_programs *programs;
	pthread_mutex_t lock;
	pthread_cond_t done; /* a call was */
	struct notify_unheard unheard; /* under the lock; only where not killable */
	atomic_uint_fast64_t lost; /* calls of which nothing is recorded, and that were refused */
	struct notify_turn turn;
	size_t soon; /* calls that might have taken long and did not, one after the other; under the lock */
	atomic_bool ending, given_up;
	size_t count;
	struct notify_worker *workers[NOTIFY_WORKERS_MAX];
};

#endif
