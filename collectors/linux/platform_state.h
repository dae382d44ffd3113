/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_PLATFORM_STATE_H
#define COLLECTORS_LINUX_PLATFORM_STATE_H

/*
 * What a session has of its own on Linux: platform_open.c makes it, with privileges,
 * platform.c and living.c use it.
 */

#include "collectors/linux/cgroup.h"
#include "collectors/linux/head_tell.h"
#include "collectors/linux/isolate_watch.h"
#include "collectors/linux/later.h"
#include "collectors/posix/launch.h"
#include "collectors/platform.h"
#include "core/text.h"

enum { PLATFORM_HELPERS_MAX = 16 };

struct platform {
	struct invoker invoker;
	struct launch launch;
	struct cgroup cgroup;
	struct isolation *isolation; /* NULL: not asked for; owned */
	struct head_teller *heads; /* NULL: nobody is to hear; owned */
	struct later *later; /* NULL: nothing is named; owned */
	int keeper_hold;
	int orders[2];  /* of the test process under the filter: our end, and its own */
	bool stuck;     /* the command is under a filter that nobody answers for: it must not run */
	int watched; /* pidfd of --pid; -1: none */
	struct text posture;   /* how the machine is set up; written once there is a log */
	char posture_problem[256];
	pid_t helpers[PLATFORM_HELPERS_MAX]; /* children of ours that are not the session's */
	size_t helper_count;
};

/* Before the witnesses look, so that what is run for it is not among what they see. A
 * failure is no reason to watch nothing: the evidence says so. */
void platform_gather_posture(struct session *s);

/* Writes posture.ndjson; its hash goes into the log, which whoever may write to the
 * folder cannot mend. */
void platform_write_posture(struct session *s);

/* Records of a process that runs already, and of all below it; they are the session's. */
void platform_write_watched(struct watch *w, pid_t root);

#endif
