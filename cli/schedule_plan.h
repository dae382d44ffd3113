/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_PLAN_H
#define CLI_SCHEDULE_PLAN_H

/*
 * When the audit is to run, and what is run then.
 */

#include "core/cursor.h"
#include "core/error.h"

struct schedule_times {
	unsigned hour, minute; /* of the machine's own time zone */
	unsigned every;        /* hours: one of those that divide a day */
};

struct schedule_plan {
	struct schedule_times times;
	const char *program; /* its whole path on the machine where it is to run */
	const char *policy;  /* the same; NULL: the one that audit finds by itself */
	bool user;           /* for one user, in place of the whole machine */
	bool every_told;     /* the audit is told of `every` in any case: its policy may say another */
};

/* "02:30" and "24h"; NULL for either is just that. Other than 00:00 to 23:59 and whole
 * hours that divide a day is ERR_USAGE. */
enum status schedule_times_parse(const char *at, const char *every, struct schedule_times *ret,
				 struct error *err) MUST_CHECK;

/* Takes the `every` of the policy that the audit will have, in nanoseconds. ERR_CONFIG where no timer
 * can keep it. */
enum status schedule_times_follow(int64_t policy_ns, struct schedule_times *t, struct error *err) MUST_CHECK;

/* The first hour of the day at which it runs; the others follow every so many hours. */
unsigned schedule_times_first(const struct schedule_times *t);

/* When it is due next after `now_ns` (both nanoseconds since 1970 UTC), by the time zone of
 * this process. A delay that a scheduler adds is not in it. */
int64_t schedule_times_next(const struct schedule_times *t, int64_t now_ns);

/* Is this a file that `schedule install` wrote? Every one of them says so, in its first
 * kilobytes and in the text's own encoding (UTF-8, or UTF-16LE behind its mark). `ret` gets
 * the times that stand there; `every` is 0 where somebody changed that line. */
bool schedule_times_of_file(struct slice file, struct schedule_times *ret);

#endif
