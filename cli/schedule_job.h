/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_JOB_H
#define CLI_SCHEDULE_JOB_H

/*
 * One run of install or remove: what is written, removed and run, and what is told of it.
 */

#include "cli/schedule_system.h"

struct schedule_request {
	const struct schedule_system *system;
	const char *at, *every, *policy, *program; /* of install; NULL: what is usual */
	const char *root;                          /* a tree; NULL: this machine */
	bool user, dry_run, json, quiet;
};

/* Writes the files of one scheduler, and tells it where it runs here. `out` gets what was
 * done, or would be, as lines or as one JSON document. */
enum status schedule_job_install(const struct schedule_request *r, struct text *out, struct error *err) MUST_CHECK;

/* Takes away what install wrote. */
enum status schedule_job_remove(const struct schedule_request *r, struct text *out, struct error *err) MUST_CHECK;

/* Are there files of ours? What cannot be looked at is none. */
bool schedule_job_is_installed(const struct schedule_system *s, const char *root, bool user);

#endif
