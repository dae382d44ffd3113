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

/* What the held child can be told to do before it executes its command. */
struct launch_hooks {
	/* First, with the rights of whoever started it: it may become `who` by that. Ends the
	 * process where it fails: how that went is for its context to tell. NULL: nothing. */
	enum status (*enter)(void *context, const struct invoker *who, struct error *err);
	void *enter_context;
	/* Then, as the user that it runs as: writes what it has to say to `result`, in one
	 * piece. NULL: nothing. */
	void (*prepare)(void *context, int result);
	void *context;
};

/* Forks. With `to_stderr` its standard output goes where standard error goes. `hooks`
 * (NULL: none) are done when the functions below say so; they outlive the child's start. */
enum status launch_hold(char *const command[], const struct invoker *who, bool to_stderr,
			const struct launch_hooks *hooks, struct launch *ret, struct error *err) MUST_CHECK;

/* Has it enter, once, and first. */
bool launch_enter(const struct launch *l);

/* Has it prepare, once, and reads what it wrote, which is `size` bytes. */
enum status launch_prepare(struct launch *l, void *ret, size_t size, struct error *err) MUST_CHECK;

/* Lets it go and waits until it executes the command, or cannot: then the status
 * says why (not found, no permission, not executable). */
enum status launch_go(struct launch *l, const char *command, struct error *err) MUST_CHECK;

/* Ends one that was never let go. Idempotent. */
void launch_abandon(struct launch *l);

#endif
