/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_START_H
#define BENCHMARK_CONFINE_START_H

/*
 * Starting bubblewrap: from a program with many threads, with nothing of ours handed on
 * but what it is to have.
 */

#include "benchmark/confine_group.h"
#include "core/cursor.h"
#include "core/error.h"

#include <sys/types.h>

enum {
	START_DATA_MAX = 128, /* memory files handed on: filter, files of the work folder */

	/* descriptors of bubblewrap */
	START_RESULT = 3,
	START_STATUS = 4, /* it tells here what it started, and how that ended */
	START_GO = 5,     /* it waits here before it starts anything */
	START_DATA = 6,   /* the first memory file; the others follow */
};

struct start {
	const char *program;
	char *const *argv;
	int in;                  /* -1: `input` */
	int out, result, status, go; /* the ends that are handed on */
	struct slice input;
	struct slice data[START_DATA_MAX];
	size_t data_count;
	uid_t uid; /* to become, with a group of the same number; 0: stay */
	uint64_t data_limit, file_limit; /* bytes: memory of one process, one file */
	unsigned process_limit;          /* of the user; 0: none */
	unsigned cpu_seconds;
};

/* Starts it, in the group where there is one of version 2. The caller waits for it. It
 * ends when the thread that started it does. */
enum status start_run(const struct start *s, const struct group *g, pid_t *ret, struct error *err) MUST_CHECK;

#endif
