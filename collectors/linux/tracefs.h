/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_TRACEFS_H
#define COLLECTORS_LINUX_TRACEFS_H

/*
 * tracefs tells the numbers of tracepoints. Where it is not mounted it is mounted
 * for this process alone, in a mount namespace that is left again: nothing of the
 * machine changes.
 */

struct tracefs {
	int back, folder, root; /* namespace and folders to return to; -1: none */
};

/* Needs CAP_SYS_ADMIN; without it, or without tracefs, nothing happens. */
struct tracefs tracefs_enter(void);
void tracefs_leave(struct tracefs *t);

#endif
