/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_UNHEARD_H
#define COLLECTORS_LINUX_NOTIFY_UNHEARD_H

/*
 * Answers that nobody heard. Before Linux 5.19 (SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV) a signal
 * ends the caller's waiting while its call is being done for it; then the kernel, or the program,
 * makes the same call again. Done twice, a connection would fail (EISCONN) and bytes be sent twice.
 */

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

enum { NOTIFY_UNHEARD_MAX = 64 };

struct notify_unheard {
	struct {
		uint32_t tid; /* 0: none */
		struct seccomp_data data;
		int64_t value, mono_ns;
		bool sent; /* it was answered: most likely that was heard */
	} at[NOTIFY_UNHEARD_MAX]; /* by tid */
};

/* Keeps what the call returned. The kernel may take an answer (`sent`) and then the signal that came
 * at the same moment. */
void notify_unheard_keep(struct notify_unheard *u, const struct seccomp_notif *request, int64_t value, bool sent);

/* Is this the same call of the same thread once more, within the next second? Then what it
 * returned, once. */
bool notify_unheard_take(struct notify_unheard *u, const struct seccomp_notif *request, int64_t *ret);

/* Was it connected by the same call of the same thread, within the last second? Then that it is
 * (EISCONN) is no failure. */
bool notify_unheard_connected(const struct notify_unheard *u, const struct seccomp_notif *request);

#endif
