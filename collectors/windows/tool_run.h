/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_TOOL_RUN_H
#define COLLECTORS_WINDOWS_TOOL_RUN_H

/*
 * Running the tools of Windows and keeping what they print, as it stands, below tools/:
 * bytes in the code page of the console. Nothing is parsed.
 */

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

enum { TOOL_COMMANDS = 2 };

struct tool {
	const char *name;    /* of its file below tools/ */
	const char *program; /* in the system folder, nowhere else */
	const char *const *commands[TOOL_COMMANDS]; /* NULL-terminated; the second, where there
						     * is one, is for when the first is refused */
	bool always; /* in every round; else before and after */
};

extern const struct tool tools[];
extern const unsigned tool_count;

struct tool_request {
	unsigned round;
	char moment[16];
};

struct tool_report {
	struct tool_request request;
	unsigned tool, command; /* indexes */
	int64_t wall_ns;        /* when it was started */
	int64_t took_ns;
	int64_t status;         /* exit status; -1: see problem */
	uint64_t at, size;      /* of its output in the file */
	char problem[128];
};

/* Is it there? */
bool tool_find(const struct tool *tool);

/* Runs a tool to its end or its timeout; sooner where `ending` becomes signalled.
 * `folder` is tools/. */
void tool_run(unsigned i, int folder, const struct tool_request *request, HANDLE ending,
	      struct tool_report *ret);

#endif
