/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_PACKET_CAPTURE_H
#define COLLECTORS_POSIX_PACKET_CAPTURE_H

/*
 * The process that captures: libpcap on every interface (on Linux: of this network
 * namespace), cut down (collectors/packet_keep.h), into a pcapng file. linux/ and
 * macos/ each hold one.
 */

#include "core/error.h"
#include "core/hash.h"
#include "core/privilege.h"

/* Bytes of a packet that libpcap hands over. */
enum {
	CAPTURE_SNAPLEN = 4096,
	CAPTURE_SNAPLEN_PAYLOAD = 262144, /* where all of it is kept: as much as tcpdump takes */
};

/* What it takes, for people. */
extern const char capture_needs[];
extern const char capture_remedy_parts[];                  /* where it does not work, */
void capture_remedy_rights(char *ret, size_t capacity); /* or may not; at most so many bytes */

/* When a file is followed by another one; 0: for no such reason. */
struct capture_limits {
	uint64_t size; /* bytes */
	int64_t age_ns;
};

/* A file that was ended, and is on the disk. */
struct capture_closed {
	unsigned number; /* as in core/capture_name.h; 0: none */
	uint64_t packets, size;
	uint64_t received, dropped; /* by the kernel, between the times */
	int64_t from_ns, to_ns;     /* wall time; that of one is the beginning of the next */
	unsigned char sha256[HASH_SIZE];
};

/* What the process says of itself, at least ten times a second. */
struct capture_report {
	uint64_t received, dropped; /* as the kernel counts them (pcap_stats) */
	uint64_t written, bytes;    /* packets in the files, and their bytes */
	uint64_t queries;           /* DNS questions that left */
	unsigned wanted;            /* the number of a file that it asks for; 0: none */
	struct capture_closed closed[2]; /* told once; the last one of all comes with `last` */
	char failure[256];          /* "" while all is well */
	bool last;
};

struct capture; /* opaque: an open libpcap handle */

/* Opens while there are privileges. */
enum status capture_open(bool payload, struct capture **ret, struct error *err) MUST_CHECK;
void capture_free(struct capture *c); /* NULL-safe */

/* Frees what this process holds of a capture that one forked from it goes on with. */
void capture_leave(struct capture *c);

/* Orders to that process: a byte each. */
enum { CAPTURE_STOP = 's', CAPTURE_NEXT = 'n' /* with the file that it asked for */ };

/* Captures into `file` (taken over), and into those that it asks for and is given, until
 * the other end of `channel`, a channel (collectors/posix/channel.h) on which it sends
 * reports, is closed or says stop; gives up its privileges first. Never returns. */
_Noreturn void capture_run(struct capture *c, const struct invoker *who, int channel, int file,
			   const struct capture_limits *limits);

#endif
