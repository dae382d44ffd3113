/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_MARK_H
#define COLLECTORS_LINUX_NOTIFY_MARK_H

/*
 * Is it still the same program? Into the memory of each that it executes the kernel puts 16 random
 * bytes (AT_RANDOM, getauxval(3)), and they are read along with what a call points to: that is
 * cheaper than to look at /proc. Whoever copies them into its next program is taken for what it
 * was, until it is looked at again, and could as well have made the call before.
 */

#include "core/cursor.h"

#include <sys/types.h>

enum {
	NOTIFY_MARK_BYTES = 16,
	NOTIFY_VECTOR_MAX = 4096, /* of the auxiliary vector; no kernel has so much */
};

struct notify_mark {
	uint64_t at; /* in the memory of the process; 0: not known */
	unsigned char bytes[NOTIFY_MARK_BYTES];
};

/* Where they are, as an auxiliary vector (/proc/PID/auxv, proc(5)) says: pairs of a kind and a
 * value, of the machine's own size and byte order. False where it does not say. */
bool notify_mark_find(struct slice vector, uint64_t *ret);

/* Of the thread `tid`, which waits for an answer; `folder`: its /proc/TID. `ret->at` is 0 where they
 * cannot be had. */
void notify_mark_learn(int folder, pid_t tid, struct notify_mark *ret);

#endif
