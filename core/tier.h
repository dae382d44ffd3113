/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_TIER_H
#define CORE_TIER_H

/*
 * How a session is witnessed on Linux: what it takes, and what it can prove.
 */

#include "core/cursor.h"

enum watch_tier {
	TIER_AUTO,	   /* the best that works here */
	TIER_FULL,	   /* the kernel and the packets tell; takes rights */
	TIER_UNPRIVILEGED, /* each call of the session's own processes is done for them */
	TIER_POLLING,	   /* tables that are read now and then */
	TIER_COUNT,
};

#define TIER_WORDS "auto, full, unprivileged or polling"

/* One of TIER_WORDS. A constant. */
const char *tier_name(enum watch_tier t);

/* False where it is none of the words. */
bool tier_parse(struct slice word, enum watch_tier *ret);

#endif
