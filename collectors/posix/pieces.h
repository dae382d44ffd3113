/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_PIECES_H
#define COLLECTORS_POSIX_PIECES_H

/*
 * The files of one capture, as the process that captures writes them: one behind the
 * other, each whole by itself. It may open none: the next one is asked for in its report,
 * and written to once it was given; until then, and where it never is, the one at hand
 * grows on. Between two packets the one ends and the other begins, so that none is lost
 * or stands in both. Waiting for the disk is left to a process of its own: the ring that
 * packets wait in is soon full.
 */

#include "collectors/pcapng_write.h"
#include "collectors/posix/packet_capture.h"
#include "core/capture_name.h"

struct pieces {
	struct pcapng_writer writer; /* of the one at hand */
	struct capture_limits limits;
	unsigned linktype, snaplen;
	const char *what;
	unsigned number; /* of the one at hand, from 1 */
	char name[CAPTURE_NAME_MAX];
	int64_t from_ns, begun_ns;  /* of it: wall time, monotonic */
	uint64_t received, dropped; /* as the kernel had counted when it began */
	uint64_t packets, bytes;    /* of those before it */
	struct capture_closed closed; /* the one before it, until that was told; number 0: none */
	pid_t closer;                 /* waits for the disk to have it; 0: none */
	struct error failure;         /* of one before it; sticks */
};

/* Writes the first one into `file` (taken over); the rest as pcapng_write_start() has it. */
void pieces_start(struct pieces *p, int file, const struct capture_limits *limits, unsigned linktype, unsigned snaplen,
		  const char *what);

/* Goes on in `file` (taken over), which was asked for. The counts are those of the kernel
 * since the capture began. */
void pieces_next(struct pieces *p, int file, uint64_t received, uint64_t dropped);

/* What a report tells of them; pieces_told() once it has gone. */
void pieces_report(struct pieces *p, struct capture_report *ret);
void pieces_told(struct pieces *p);

/* Ends the last one. `ret` tells of all; its failure is set where anything failed. */
void pieces_finish(struct pieces *p, uint64_t received, uint64_t dropped, struct capture_report *ret);

#endif
