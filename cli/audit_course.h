/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_COURSE_H
#define CLI_AUDIT_COURSE_H

/*
 * One scheduled audit, from the lock to the notification.
 */

#include "cli/audit_state.h"
#include "cli/audit_tell.h"
#include "cli/session_course.h"
#include "cli/state_folder.h"
#include "cli/watch_roots.h"

struct audit_order {
	const char *state;  /* the folder; NULL: the usual one */
	const char *policy; /* as it was named; NULL: the usual one */
	const char *tier, *ring, *passphrase_file; /* NULL: not given */
	const struct policy *own; /* that policy, with what the command line changed in [audit] */
	const struct session_site *site;
	bool quiet, verbose;
};

/* What is found before the watch begins. */
struct audit_ready {
	struct state_folder folder; /* open; owned */
	int lock;                   /* owned; -1: not held */
	struct audit_state *before; /* owned; what the last one left */
	struct watch_roots roots;
	bool host; /* the whole machine is watched */
};

/* Opens the state folder, takes the lock, reads what the last audit left. Whatever it says, `ret`
 * is to be freed. */
enum status audit_ready_make(const struct audit_order *o, struct audit_ready *ret, struct error *err) MUST_CHECK;
void audit_ready_free(struct audit_ready *r); /* idempotent */

/* The audit itself. `ret` is filled in whatever becomes of it; one that could not be made is told
 * in the state folder, so that the next one says so. */
enum status audit_course(const struct audit_order *o, struct audit_ready *ready, struct audit_told *ret, struct error *err) MUST_CHECK;

#endif
