/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_ROOTS_H
#define CLI_WATCH_ROOTS_H

/*
 * Which processes that run are meant by a program, a unit, a user or a control group.
 */

#include "analysis/policy_audit.h"
#include "core/named.h"

enum { WATCH_ROOTS_MAX = 256 };

struct watch_roots {
	struct named named; /* points into the policy */
	pid_t pids[WATCH_ROOTS_MAX];
	size_t count;
};

/* Does the policy name any? Without, the whole machine is meant. */
bool watch_roots_named(const struct policy_audit *a);

/* Those of them below which all others stand, in the order of their numbers; this process and
 * its own are left out. Needs the right to look at them; one that ends meanwhile is passed
 * over. `proc` is "/proc", or a tree like it. ERR_LIMIT where they are too many. */
enum status watch_roots_find(const struct policy_audit *a, const char *proc, struct watch_roots *ret, struct error *err) MUST_CHECK;

#endif
