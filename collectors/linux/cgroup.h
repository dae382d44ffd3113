/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_CGROUP_H
#define COLLECTORS_LINUX_CGROUP_H

/*
 * The session's own control group (cgroup v2): where it lies, who is in it, and
 * its removal.
 */

#include "core/error.h"

#include <stdint.h>
#include <sys/types.h>

enum { CGROUP_PATH_MAX = 4096 };

struct cgroup {
	int root;       /* the root of the hierarchy, where programs attach; -1: none */
	int folder;     /* the session's group; -1: none */
	uint64_t id;    /* as the kernel numbers it; 0: cannot be told apart here */
	unsigned level; /* its depth below the kernel's root */
	char parent[CGROUP_PATH_MAX], name[64];
};

/* Opens the root and makes a group below the caller's own. Without the rights for
 * that `folder` stays -1 and `problem` (a constant) says why; without a cgroup v2
 * hierarchy it fails. */
enum status cgroup_open(const char *session_id, struct cgroup *ret, const char **ret_problem,
			struct error *err) MUST_CHECK;

/* Only the root, for a probe. */
enum status cgroup_open_root(struct cgroup *ret, struct error *err) MUST_CHECK;

/* Moves a process into the session's group. */
enum status cgroup_put(const struct cgroup *g, pid_t pid, struct error *err) MUST_CHECK;

/* A process that keeps the right to remove the group and does nothing else: when
 * the last copy of its pipe's other end is closed, however that comes about, it
 * moves who is left to the parent group and removes the session's. Returns its
 * pid, and in `ret_hold` the descriptor to keep open. -1: could not be made. */
pid_t cgroup_keeper(const struct cgroup *g, int *ret_hold);

void cgroup_close(struct cgroup *g);

#endif
