/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_EVENT_H
#define INGEST_ETL_EVENT_H

/*
 * One event of a trace, whichever of the header layouts it has.
 */

#include "core/address.h"

enum { GUID_SIZE = 16 };

enum event_kind {
	EVENT_KERNEL,   /* of a group of the system's own logger */
	EVENT_CLASSIC,  /* of a provider whose events are told apart by their opcode */
	EVENT_MANIFEST, /* of one whose events have numbers */
	EVENT_MESSAGE,  /* of a debug print (WPP); `id` is its number */
};

struct event {
	enum event_kind kind;
	unsigned group;               /* EVENT_KERNEL */
	struct slice provider;        /* else: GUID_SIZE bytes as they stand; empty: not told */
	unsigned id, version, opcode;
	uint64_t keyword;
	uint32_t pid, tid;            /* NOBODY: not told */
	bool has_stamp;
	uint64_t stamp;               /* of the clock that the log header names */
	unsigned pointer;             /* bytes of one: 4 or 8 */
	struct slice payload;
};

#define EVENT_NOBODY UINT32_MAX

/* Groups of the kernel's events, as far as they are of use. */
enum {
	GROUP_LOG = 0,
	GROUP_PROCESS = 3,
	GROUP_TCP = 6,
	GROUP_UDP = 8,
	GROUP_IMAGE = 0x14,
};

enum event_step {
	EVENT_END,     /* none is left */
	EVENT_READ,
	EVENT_UNKNOWN, /* a layout that is not known, passed over; `payload` is all of it */
	EVENT_BROKEN,  /* what stands there is none, and hides all behind it */
};

/* Parts that payloads share: a SID (revision:1 count:1 6 bytes, 4 more each), and an end
 * as TCPIP and WFP write it (size:4 and so many bytes of a SOCKADDR: family:2 port:2, then
 * 4 bytes, or flow:4 and 16 bytes; ADDRESS_NONE where there are none). */
void event_skip_sid(struct cursor *c);
struct address event_sockaddr(struct cursor *c, uint16_t *ret_port);

/* The next event of a buffer. */
enum event_step event_next(struct cursor *c, struct event *ret);

#endif
