/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_PACKET_KEEP_H
#define COLLECTORS_PACKET_KEEP_H

/*
 * How much of a packet is kept: its headers; of its payload only what names a
 * destination: DNS messages, TLS ClientHellos, QUIC Initials, the request line of
 * HTTP and its Host header. What an application said to whom it said it to is
 * none of an assessor's business.
 */

#include "core/cursor.h"

enum { KEEP_FLOWS = 256 };

/* ClientHellos that go on in the next segment of their flow. */
struct keep {
	struct keep_flow {
		uint64_t key;
		uint32_t left; /* bytes still to come */
	} flows[KEEP_FLOWS];
	uint64_t queries; /* DNS questions seen leaving */
};

/* Number of bytes of `frame` (LINKTYPE_LINUX_SLL2) to keep, at most its size. */
size_t keep_bytes(struct keep *k, struct slice frame);

/* The same of LINKTYPE_PKTAP, as macOS has it. */
size_t keep_pktap(struct keep *k, struct slice frame);

#endif
