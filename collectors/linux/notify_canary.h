/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_CANARY_H
#define COLLECTORS_LINUX_NOTIFY_CANARY_H

/*
 * The process under the session's own filter that makes test connections: to the ports of a
 * round's canaries, so that the witness which does its calls has to report those.
 */

#include "collectors/canary.h"
#include "collectors/linux/notify_enter.h"

struct notify_canary {
	int orders; /* not owned */
	pid_t pid;
	unsigned pending; /* orders of which nothing was heard yet */
	int64_t until_ns; /* it is waited for no longer */
};

/* Orders it to try each pair that is open, as the session's own processes would. */
void notify_canary_round(struct notify_canary *c, const struct canaries *canaries);

/* Hears what was done. */
void notify_canary_drain(struct notify_canary *c);

/* Are there orders of which nothing was heard, and is it waited for yet? */
bool notify_canary_busy(const struct notify_canary *c);

#endif
