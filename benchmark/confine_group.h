/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_GROUP_H
#define BENCHMARK_CONFINE_GROUP_H

/*
 * Control groups for the sandbox, where this user may make some: a bound for memory and
 * for processes over everything that one run starts (cgroups(7)).
 *
 * Version 1: a group below our own in the hierarchies "memory" and "pids". Version 2: a
 * group beside our own or beside one of those above it, the nearest whose parent hands
 * both controllers down: our own cannot, because we are in it.
 */

#include "core/error.h"

#include <stdint.h>

enum { GROUP_PATH_MAX = 4096, GROUP_PROCESSES_MAX = 64 };

enum group_kind { GROUP_NONE, GROUP_V1, GROUP_V2 };

struct group_base {
	enum group_kind kind;
	char memory[GROUP_PATH_MAX], pids[GROUP_PATH_MAX]; /* folders; of version 2 the same */
};

/* One group, for one run at a time. */
struct group {
	enum group_kind kind;
	char memory[GROUP_PATH_MAX], pids[GROUP_PATH_MAX];
	int folder; /* of version 2, for clone3(); owned; else -1 */
	int peak;   /* of version 2, owned; else -1 */
	uint64_t memory_max, kills;
};

/* What one run used; 0: not known. */
struct group_use {
	uint64_t memory_bytes;
	bool memory_ended; /* something was killed for want of memory */
};

/* Finds out by trying; GROUP_NONE where none can be made. Removes what a run that was
 * killed left behind. */
void group_find(struct group_base *ret);

/* Makes a group below `base` for the run of that number, which group_remove() takes away; of
 * GROUP_NONE nothing, and that is no failure. */
enum status group_make(const struct group_base *base, unsigned number, struct group *ret,
		       struct error *err) MUST_CHECK;
void group_remove(struct group *g);

/* Version 1: this thread is in it from now on, and what it starts. */
enum status group_join(const struct group *g, struct error *err) MUST_CHECK;

/* Before a run, and after it. */
enum status group_begin(struct group *g, uint64_t memory_max, struct error *err) MUST_CHECK;
void group_end(struct group *g, struct group_use *ret);

#endif
