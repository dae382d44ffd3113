/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_NAMED_H
#define CORE_NAMED_H

/*
 * Programs that are named to be watched: by the path of their file, the unit of systemd or the
 * control group that they run in, or whom they belong to. proc(5), cgroups(7):
 * "0::/system.slice/ollama.service" is the line of version 2.
 */

#include "core/cursor.h"

#include <sys/types.h>

enum {
	NAMED_MAX = 32, /* of each */
	NAMED_BY_MAX = 8, /* a word of named_by(), its end included */
};

struct named {
	const char *exes[NAMED_MAX], *units[NAMED_MAX], *groups[NAMED_MAX]; /* not owned */
	uid_t users[NAMED_MAX];
	size_t exe_count, unit_count, group_count, user_count;
};

bool named_any(const struct named *n);

/* A path as /proc/PID/exe tells it: also of a file that was replaced while it runs. */
bool named_exe(const struct named *n, struct slice path);
bool named_user(const struct named *n, uid_t uid);

/* By the text of /proc/PID/cgroup: "unit" or "cgroup", NULL where neither is named. */
const char *named_group(const struct named *n, struct slice text);

/* By what is it meant ("exe", "user", "unit", "cgroup")? `folder` is /proc/PID, open. NULL:
 * by nothing, it is gone, or may not be looked at. */
const char *named_by(const struct named *n, int folder);

/* Where a control group stands in /proc/PID/cgroup: is it that group, or one below it? */
bool named_in_group(struct slice text, const char *group);
/* Is one of the groups in its path that of the unit? */
bool named_in_unit(struct slice text, const char *unit);

#endif
