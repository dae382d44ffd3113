/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_LAUNCH_H
#define COLLECTORS_WINDOWS_LAUNCH_H

/*
 * Starting the command as if it had been started alone, held back before its first
 * instruction so that it can be put into the session's job.
 */

#include "core/error.h"

#include <windows.h>

struct launch {
	HANDLE process; /* NULL: none */
	HANDLE thread;  /* of a process that was not let go yet; NULL: none */
	DWORD pid;
};

/* Finds the command (as it is, or in the folders of PATH; with the endings of PATHEXT)
 * and makes its process. It inherits the three standard handles and nothing else; with
 * `to_stderr` its output goes where the errors go. A batch file is run by cmd.exe: words
 * that cmd.exe would take apart are refused. */
enum status launch_hold(char *const command[], bool to_stderr, struct launch *ret,
			struct error *err) MUST_CHECK;

/* Lets it run. */
enum status launch_go(struct launch *l, struct error *err) MUST_CHECK;

/* Ends one that was never let go, and closes the handles. Idempotent. */
void launch_abandon(struct launch *l);

#endif
