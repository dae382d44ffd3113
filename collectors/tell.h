/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_TELL_H
#define COLLECTORS_TELL_H

/*
 * What the collector tells whoever started it while it runs: JSON lines on a pipe
 * (`--status-fd`), or plain lines on standard error where there is no pipe. Never
 * waits: a line that finds no room is left out, and the next one has newer sums.
 */

#include "collectors/collector.h"

enum {
	TELL_EGRESS_MAX = 1000, /* attempts told one by one on the pipe; the sums go on */
	TELL_PLAIN_MAX = 20,    /* and as plain lines */
};

struct tell {
	int fd;       /* -1: standard error, plainly */
	uint64_t told;
};

struct tell_sums {
	int64_t elapsed_ns;
	uint64_t processes, local, egress, names, lost;
};

/* The sums so far, and each attempt that leaves the machine: as lines of JSON to who asked
 * for them; without anybody the first attempts as plain lines to standard error. */
void tell_sums(struct tell *s, const struct tell_sums *sums);
void tell_egress(struct tell *s, uint32_t pid, struct slice comm, const char *call,
		   const char *proto, const struct address *dst, unsigned dport);

/* One step of the session: "before", "running" (with the command's pid in
 * `value`), "ended" (with its wait status), "after", "done". */
void tell_phase(struct tell *s, const char *phase, int64_t value);

/* The last word: the hash of evidence.ndjson, which the command could have replaced, and
 * the command's wait status where it ended. Waits for whoever reads. */
void tell_done(struct tell *s, const unsigned char digest[static HASH_SIZE], const int *command);

/* Something a person should know at once. */
void tell_say(struct tell *s, const char *text);

#endif
