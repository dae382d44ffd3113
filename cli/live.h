/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

/*
 * What a person sees while a session runs. On a terminal one line at its foot, kept
 * free of the command's output by a scroll region, and given back while the command
 * has the terminal in raw mode (an editor, an agent with a screen of its own).
 * Elsewhere plain lines now and then. All of it on standard error.
 */

#include "core/text.h"

struct live {
	bool quiet, terminal, colour;
	bool drawn;            /* the scroll region is set */
	unsigned rows, columns;
	int64_t plain_ns;      /* when the next plain line is due, monotonic */
	int64_t plain_step_ns;
	int64_t started_ns;
	uint64_t processes, local, egress, names, lost, told;
	char said[512]; /* of the last attempt that was told: who retries says it once */
	bool running;
};

struct live live_start(bool quiet);

/* One JSON line from airgap-collect. */
void live_hear(struct live *l, struct slice line);

/* A few times a second. */
void live_tick(struct live *l);

/* Gives the terminal back for now; the next tick takes it again. */
void live_release(struct live *l);

/* Gives the terminal back. Idempotent. */
void live_end(struct live *l);

/* A message of ours, on a line of its own. */
void live_say(struct live *l, const char *text);

#endif
