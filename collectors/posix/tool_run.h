/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_TOOL_RUN_H
#define COLLECTORS_POSIX_TOOL_RUN_H

/*
 * The process that runs the system's own tools and keeps what they print, as it
 * stands, below tools/. It parses nothing. Which tools there are and the rights they
 * take is the platform's (tool_list.c).
 */

#include "core/error.h"
#include "core/privilege.h"

#include <stdint.h>
#include <sys/types.h>

enum { TOOL_VERSION_MAX = 128, TOOL_PATH_MAX = 128 };

struct tool {
	const char *name;           /* of its output: tools/NAME-MOMENT.txt */
	const char *const *command; /* NULL-terminated, [0] is the program */
	const char *const *version; /* prints its version; NULL: nothing does */
	bool always;                /* in every round; else before and after */
};

enum { TOOLS_MAX = 16 };

extern const struct tool tools[];
extern const unsigned tool_count;           /* at most TOOLS_MAX */
extern const char *const tool_folders[];    /* where they may lie; NULL behind the last */
extern const char tool_witnesses[], tool_needs[], tool_remedy[]; /* for people */

/* Gives up, in the process that runs the tools, what it does not need itself. */
enum status tool_lower(const struct invoker *who, struct error *err) MUST_CHECK;

/* In the child that is about to execute a tool: takes the rights that tools need. */
void tool_raise(void);

/* Waits until a child has ended (it is still to be reaped); false where it has not
 * within the time. */
bool tool_wait(pid_t pid, int milliseconds);

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

/* Serves requests from `channel` (collectors/posix/channel.h) until it is closed.
 * `folder` is tools/. Never returns. */
_Noreturn void tool_serve(const struct invoker *who, int channel, int folder);

#endif
