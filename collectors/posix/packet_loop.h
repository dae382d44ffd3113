/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_PACKET_LOOP_H
#define COLLECTORS_POSIX_PACKET_LOOP_H

/*
 * What the process that captures does on every system: it empties the ring into its
 * files, obeys, and tells of itself ten times a second. What is read, and how, the
 * packet_capture.c of linux/ and of macos/ say, with a struct packet_source.
 */

#include "collectors/posix/pieces.h"

struct packet_source {
	struct capture *capture; /* not owned, nor is the next */
	struct pieces *pieces;   /* begun; what `take` writes to */
	/* Takes all packets that are there, without waiting. False, and `r->failure` says
	 * why, where the capture is broken. */
	bool (*take)(struct capture *c, struct capture_report *r);
	/* How far it is: the kernel's counts and those of the pieces. */
	struct capture_report (*report)(struct capture *c);
	int stop_ms; /* for so long after a stop packets of before it still come */
};

/* Captures until the other end of `channel` says stop or is closed, and a little longer.
 * False where it failed before: `r->failure` says why, or the pieces do. */
bool packet_loop(const struct packet_source *s, int channel, struct capture_report *r);

/* The last report, once nothing more is taken: ends the last file. A failure in `r` goes
 * before one of the files. */
struct capture_report packet_loop_last(const struct packet_source *s, const struct capture_report *r);

#endif
