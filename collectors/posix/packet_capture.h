/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_PACKET_CAPTURE_H
#define COLLECTORS_POSIX_PACKET_CAPTURE_H

/*
 * The process that captures: libpcap on every interface (on Linux: of this network
 * namespace), cut down (collectors/packet_keep.h), into a pcapng file. linux/ and
 * macos/ each hold one.
 */

#include "core/error.h"
#include "core/privilege.h"

enum { CAPTURE_SNAPLEN = 4096 };

/* What it takes, for people. */
extern const char capture_needs[];
extern const char capture_remedy_parts[];                  /* where it does not work, */
void capture_remedy_rights(char *ret, size_t capacity); /* or may not; at most so many bytes */

/* What the process says of itself, at least ten times a second. */
struct capture_report {
	uint64_t received, dropped; /* as the kernel counts them (pcap_stats) */
	uint64_t written, bytes;    /* packets in the file, and their bytes */
	uint64_t queries;           /* DNS questions that left */
	char failure[256];          /* "" while all is well */
	bool last;
};

struct capture; /* opaque: an open libpcap handle */

/* Opens while there are privileges. */
enum status capture_open(bool payload, struct capture **ret, struct error *err) MUST_CHECK;
void capture_free(struct capture *c); /* NULL-safe */

/* Frees what this process holds of a capture that one forked from it goes on with. */
void capture_leave(struct capture *c);

/* Captures into `file` (taken over) until the other end of `channel`, a
 * channel (collectors/posix/channel.h) on which it sends reports, is closed or says
 * stop; gives up its privileges first. Never returns. */
_Noreturn void capture_run(struct capture *c, const struct invoker *who, int channel, int file);

#endif
