/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_ETW_SESSION_H
#define COLLECTORS_WINDOWS_ETW_SESSION_H

/*
 * An event tracing session of our own: Windows writes events of some providers into its
 * buffers, and hands them to whoever consumes them (etw.c).
 */

#include "collectors/collector.h"

#include <windows.h>

enum {
	ETW_PROVIDERS = 4,
	ETW_NAME_MAX = 96, /* of a session */
};

/* Whose events are wanted, and whether they come. */
struct etw_provider {
	const char *part;    /* as in witness_part */
	const char *problem; /* why it does not; NULL: it does */
	GUID guid;
	uint64_t keyword;
	char text[256];      /* that `problem` may point into */
};

struct etw_session {
	char name[ETW_NAME_MAX];
	uint64_t handle; /* 0: none */
	struct etw_provider providers[ETW_PROVIDERS];
};

/* Ends what an earlier collector that died left behind, and makes a session; `trace`:
 * the name of a file in the session folder that the events go into besides, or NULL. */
enum status etw_session_open(struct etw_session *s, const struct watch_options *o, struct error *err) MUST_CHECK;

/* Asks the providers for their events, and for the processes that are there. Fails where
 * the one that is the point of it refuses; the others' problems are noted. */
enum status etw_session_enable(struct etw_session *s, struct error *err) MUST_CHECK;

/* Events, and whole buffers of them, that found no room; 0 once it is closed. */
uint64_t etw_session_lost(const struct etw_session *s);

/* Hands out what is buffered, and ends it: its consumer comes to an end. What it lost.
 * Idempotent. */
uint64_t etw_session_close(struct etw_session *s);

#endif
