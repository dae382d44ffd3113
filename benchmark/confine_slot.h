/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_SLOT_H
#define BENCHMARK_CONFINE_SLOT_H

/*
 * Places in which one run at a time takes place, each with a user and a control group of
 * its own. With groups of version 1 a thread starts what runs there, which is in the group
 * from its beginning, and what it starts with it: moving each run there would take longer
 * than the rest of its start.
 */

#include "benchmark/confine_start.h"

#include <pthread.h>

enum { SLOTS_MAX = 1024 };

struct slot;

struct slots {
	pthread_mutex_t lock;
	struct group_base groups;
	struct slot *all, *idle;
	unsigned count;
};

void slots_open(struct slots *s, const struct group_base *groups);
void slots_close(struct slots *s); /* none is in use any more */

/* One that is idle, or a new one. */
enum status slots_take(struct slots *s, struct slot **ret, struct error *err) MUST_CHECK;
void slots_give(struct slots *s, struct slot *slot);

/* start_run() in the slot, as its user where we are root. */
enum status slot_start(struct slot *slot, struct start *start, pid_t *ret, struct error *err) MUST_CHECK;
struct group *slot_group(struct slot *slot);

#endif
