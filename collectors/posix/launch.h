/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_LAUNCH_H
#define COLLECTORS_POSIX_LAUNCH_H

/*
 * Starting the command as if it had been started alone: the user, groups,
 * environment, terminal, process group and signals of whoever asked; nothing of
 * ours open in it. It is forked early and held back, so that it can be put into
 * its cgroup and be known to the kernel programs before its first instruction.
 */

#include "core/error.h"
#include "core/privilege.h"

#include <sys/types.h>

struct launch {
	pid_t pid;
	int go;     /* a byte here lets it run; closing it unwritten ends it */
	int result; /* errno of a failed exec; closed by a good one */
};

/* What is to be done in the command's own process before it is executed: it may become
 * `who` by that. */
struct launch_inside {
	enum status (*enter)(void *context, const struct invoker *who, struct error *err);
	void *context;
};

/* Forks. With `to_stderr` its standard output goes where standard error goes. `inside`
 * may be NULL; it is done when launch_prepare() says so, and ends the process where it
 * fails: how that went is for its context to tell. */
enum status launch_hold(char *const command[], const struct invoker *who, bool to_stderr,
			const struct launch_inside *inside, struct launch *ret, struct error *err) MUST_CHECK;
bool launch_prepare(const struct launch *l);

/* Lets it go and waits until it executes the command, or cannot: then the status
 * says why (not found, no permission, not executable). */
enum status launch_go(struct launch *l, const char *command, struct error *err) MUST_CHECK;

/* Ends one that was never let go. Idempotent. */
void launch_abandon(struct launch *l);

#endif
