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

enum { NAMED_MAX = 32 /* of each */ };

struct named {
	const char *exes[NAMED_MAX], *units[NAMED_MAX], *groups[NAMED_MAX]; /* not owned */
	char *files[NAMED_MAX]; /* owned; where each of `exes` led to, see named_resolve(). NULL: nowhere */
	uid_t users[NAMED_MAX];
	size_t exe_count, unit_count, group_count, user_count;
};

/* Is anything named? */
bool named_any(const struct named *n);

/* The kernel tells of a program by the file itself, /usr/bin/sleep where /bin/sleep was named. Follows
 * the links of those that were not followed yet: while there are rights to do so. */
void named_resolve(struct named *n);
void named_clear(struct named *n); /* what it owns */

/* A path as /proc/PID/exe tells it: also of a file that was replaced while it runs. It is compared with what was
 * named, with where that led to, and with where it leads now: an update sets a link anew. */
bool named_exe(const struct named *n, struct slice path);
bool named_user(const struct named *n, uid_t uid);

/* By the text of /proc/PID/cgroup: "unit" or "cgroup", NULL where neither is named. */
const char *named_group(const struct named *n, struct slice text);

/* By what is it meant ("exe", "user", "unit", "cgroup")? `folder` is /proc/PID, open. NULL:
 * by nothing, it is gone, or may not be looked at. */
const char *named_by(const struct named *n, int folder);

/* Where a control group stands in /proc/PID/cgroup: is it that group, or one below it? Its folder below
 * /sys/fs/cgroup names it as well. */
bool named_in_group(struct slice text, const char *group);
/* Is one of the groups in its path that of the unit, or of UNIT.service? */
bool named_in_unit(struct slice text, const char *unit);

#endif
