/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_PROC_TREE_H
#define COLLECTORS_LINUX_PROC_TREE_H

/*
 * Processes as /proc shows them (proc(5)), for what was there before the watch
 * began and for what is left when it ends.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROC_TREE_MAX = 32768, PROC_COMM_MAX = 64 };

struct proc_entry {
	pid_t pid, parent;
	char comm[PROC_COMM_MAX];
};

/* What /proc/PID/stat says; false where the process is gone or a zombie. */
bool proc_read(pid_t pid, struct proc_entry *ret);

/* `root` and everything below it, at most `max`; their number. */
size_t proc_descendants(pid_t root, struct proc_entry ret[], size_t max);

#endif
