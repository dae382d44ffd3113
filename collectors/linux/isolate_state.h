/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_ISOLATE_STATE_H
#define COLLECTORS_LINUX_ISOLATE_STATE_H

/*
 * What the collector holds of an isolation: isolate_begin.c makes it, isolate_watch.c
 * watches by it.
 */

#include "collectors/linux/isolate.h"
#include "collectors/linux/isolate_link.h"
#include "collectors/linux/isolate_watch.h"
#include "collectors/linux/relay.h"

enum { ISOLATE_NEW_MAX = 256 /* places that came up meanwhile, and are told */ };

struct isolation {
	struct watch *w; /* NULL until it is watched */
	struct isolate *shared; /* mapped */
	int channel[2];
	int fds[ISOLATE_FDS];
	int bait[2]; /* listening: at a path, at an abstract name */
	char *owned[ISOLATE_PASSED_MAX]; /* strings of shared->pass */
	size_t owned_count;
	struct unix_list now;
	struct unix_place told[ISOLATE_NEW_MAX]; /* looked at already */
	size_t told_count;
	struct isolate_links heard; /* since the beginning */
	bool broken;
	uint64_t lost;
	pid_t relay; /* 0: nothing is carried */
	int relay_channel;
	uint64_t carried_lost;
	bool relay_ended, relay_died;
};

/* Records: what was hidden, what was not; what was tried; one more that is not hidden. */
void isolate_record_places(struct isolation *i);
void isolate_record_proofs(struct isolation *i);
void isolate_record_open(struct isolation *i, const char *path, const char *why);

#endif
