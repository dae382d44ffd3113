/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SESSION_WATCH_H
#define CLI_SESSION_WATCH_H

#include "cli/collect.h"
#include "core/hash.h"

struct watched {
	int collector;      /* wait status of airgap-collect */
	bool command_known; /* the command was started and ended */
	int command;        /* its wait status */
	bool evidence_known; /* the collector came to its end and said what it wrote */
	unsigned char evidence[HASH_SIZE];
};

/* Shows the course of a session until the collector is done. The first interrupt is
 * the command's (the terminal gives it to it too); a second one ends the command and
 * the watch, and the report is made of what was seen until then. `alone`: there is no command,
 * and the first one ends the watch. */
struct watched session_watch(struct collect *c, bool alone, bool quiet);

#endif
