/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_PCAPNG_WRITE_H
#define COLLECTORS_PCAPNG_WRITE_H

/*
 * Writing a capture as pcapng (draft-ietf-opsawg-pcapng), in the byte order of
 * this machine: one section, one interface, enhanced packet blocks with
 * nanoseconds, one statistics block at the end. Whole blocks are handed to the
 * kernel, so that a capture cut off by a kill ends with a whole block or, at
 * worst, one that is plainly cut.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/hash.h"

enum { PCAPNG_BUFFER = 256 << 10 };

struct pcapng_writer {
	int fd; /* owned */
	const char *name; /* of the file, for messages; not owned */
	struct hash *hash; /* of what was handed over; owned until pcapng_write_end() */
	size_t used;
	uint64_t packets, bytes; /* written, captured bytes without the blocks around them */
	uint64_t size;           /* of the file so far, without what waits in the buffer */
	unsigned char sha256[HASH_SIZE]; /* of the whole file, once it was ended */
	struct error failure;    /* sticks */
	unsigned char buffer[PCAPNG_BUFFER];
};

/* Writes the section and interface blocks. `linktype` as in the LINKTYPE_
 * registry, `what` a short text for the interface. Takes `fd` over. */
void pcapng_write_start(struct pcapng_writer *w, int fd, const char *name, unsigned linktype, unsigned snaplen,
		  const char *what);

/* One packet: `kept` bytes of an original of `size`. */
void pcapng_write_packet(struct pcapng_writer *w, int64_t wall_ns, struct slice kept, uint32_t size);

/* Hands over what waits in the buffer; a write that fails sticks in `failure`. */
void pcapng_write_flush(struct pcapng_writer *w);

/* Bytes of the file with what waits in the buffer. */
uint64_t pcapng_write_size(const struct pcapng_writer *w);

/* The statistics block (received and dropped as the kernel counted them, from
 * `from_ns` to `to_ns`) and flush: size and hash are those of the whole file. */
void pcapng_write_end(struct pcapng_writer *w, int64_t from_ns, int64_t to_ns, uint64_t received, uint64_t dropped);

/* Behind it: sync and close. Fails where anything did since the start. */
enum status pcapng_write_close(struct pcapng_writer *w, struct error *err) MUST_CHECK;

#endif
