/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_TOOL_RUN_H
#define COLLECTORS_LINUX_TOOL_RUN_H

/*
 * The process that runs ss, lsof and netstat and keeps what they print, as it
 * stands, below tools/. It parses nothing. It keeps two capabilities (where it has
 * them), because without them a tool cannot name the owner of another user's
 * socket: CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH.
 */

#include "core/error.h"
#include "core/privilege.h"

#include <stdint.h>

enum { TOOL_VERSION_MAX = 128, TOOL_PATH_MAX = 64 };

struct tool {
	const char *name;
	const char *const *command; /* NULL-terminated, [0] is the name */
	const char *const *version; /* prints its version */
};

extern const struct tool tools[];
extern const unsigned tool_count;

/* Where a tool lies, looked for in the system's folders only; NULL: nowhere. */
const char *tool_find(const struct tool *tool, char ret[static TOOL_PATH_MAX]);

/* Runs a program to its end, or for ten seconds; `errors` of -1 is nowhere. The exit
 * status, or -1 with a problem in words. */
int tool_execute(const char *path, const char *const *command, int out, int errors, char *problem,
		 size_t capacity);

struct tool_request {
	unsigned round;
	char moment[16];
};

struct tool_report {
	struct tool_request request;
	unsigned tool;     /* index; tool_count: the round is done */
	int64_t wall_ns;   /* when it was started */
	int64_t took_ns;
	int status;        /* exit status; -1: see problem */
	uint64_t at, size; /* of its output in the file */
	char version[TOOL_VERSION_MAX];
	char problem[128];
};

/* Serves requests from `channel` (SOCK_SEQPACKET) until it is closed. `folder` is
 * tools/. Never returns. */
_Noreturn void tool_serve(const struct invoker *who, int channel, int folder);

#endif
