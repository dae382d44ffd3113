/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_ISOLATE_WATCH_H
#define COLLECTORS_LINUX_ISOLATE_WATCH_H

/*
 * The isolation as the session sees it, from outside: made before the witnesses are
 * opened, a witness of its own from then on (collector_isolation).
 */

#include "collectors/collector.h"
#include "collectors/posix/launch.h"

struct isolation; /* opaque */

/* Lists what is to be hidden; before the command is forked, with what rights there are. */
enum status isolation_new(const struct watch *w, struct isolation **ret, struct error *err) MUST_CHECK;

/* For launch_hold(): sets what is to be done on entering. */
void isolation_inside(struct isolation *i, struct launch_hooks *hooks);

/* Lets the process that was forked isolate itself, and waits for that. Fails where it
 * cannot be isolated: the command must not be run then. */
enum status isolation_begin(struct isolation *i, const struct launch *l, struct error *err) MUST_CHECK;

void isolation_free(struct isolation *i); /* NULL-safe */

#endif
