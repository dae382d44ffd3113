/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_ENTER_H
#define COLLECTORS_LINUX_NOTIFY_ENTER_H

/*
 * Putting the command under the filter, before its first instruction, and beside it a
 * process under the same filter that makes test connections when it is told to.
 */

#include "core/address.h"
#include "core/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* What the held command tells of it. */
struct notify_entered {
	int code;     /* errno value; 0: it is under the filter */
	int listener; /* its descriptor in the command */
	bool killable; /* signals wait for the answer (Linux 5.19) */
	bool confined; /* it cannot reach into processes that are not under the filter */
};

/* In the held command, which goes on with no more than the filter: for good, and for all that
 * it becomes and begins. `orders` is the canary's end of a socket pair. */
void notify_enter(int orders, struct notify_entered *ret);

/* The same as on a kernel before 5.19. */
void notify_enter_old(int orders, struct notify_entered *ret);

/* One connection or datagram for the canary to make on the loopback. */
struct notify_order {
	bool v6, tcp;
	unsigned short port;
};

/* Takes the listener out of the command, and who the canary is out of the pair's other end.
 * Fails where processes of this user may not look into each other. */
enum status notify_fetch(pid_t command, const struct notify_entered *entered, int orders, int *ret_listener,
			 pid_t *ret_canary, struct error *err) MUST_CHECK;

#endif
