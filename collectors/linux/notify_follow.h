/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_FOLLOW_H
#define COLLECTORS_LINUX_NOTIFY_FOLLOW_H

/*
 * What becomes of connections that were asked for without waiting: the kernel's table of
 * sockets is asked (sock_diag(7)) until they are there or gone. Nothing of theirs is held
 * meanwhile, for that would keep them open. Of one that is gone nobody can tell any more
 * why: it stays pending.
 */

#include "collectors/linux/notify_queue.h"

enum { NOTIFY_FOLLOWED_MAX = 1024 /* further ones stay pending */ };

struct notify_follow; /* opaque */

struct notify_follow *notify_follow_new(void);
void notify_follow_free(struct notify_follow *f); /* NULL-safe */

/* Of other attempts than such a one it does nothing. */
void notify_follow_add(struct notify_follow *f, const struct notify_record *r);

/* Asks, a few times a second at most, and tells of each that is there now as a
 * NOTIFY_OUTCOME. */
void notify_follow_look(struct notify_follow *f, void (*tell)(void *context, const struct notify_record *r),
			void *context);

#endif
