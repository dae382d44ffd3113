/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_JUDGE_RUN_H
#define BENCHMARK_JUDGE_RUN_H

/*
 * What the languages have in common for a judge: how a program of each is started, and
 * how what came of it is told.
 */

#include "benchmark/judge.h"

enum {
	RUN_NOT_COMPILED = 125, /* the exit status of a run of which nothing was compiled */
	RUN_WORDS_MAX = 8,
};

/* Files as they lie over each other: later ones in the place of earlier ones of the same
 * path, or with which they could not be together. Points into what was laid;
 * free(ret->at). */
void run_lay(const struct task_files *const layers[], size_t count, struct task_files *ret);

/* The command that runs `file`; of C also compiles everything beside it but `without`. */
void run_command(enum task_language language, const char *file, const char *without,
		 const char *ret[static RUN_WORDS_MAX]);

/* Does every file of the answer parse? True also where that cannot be said. `ret_detail`
 * gets what is wrong. */
enum status run_parses(struct confine *c, enum task_language language, const struct task_files *answer,
		       bool *ret, char ret_detail[static 512], struct error *err) MUST_CHECK;

/* Why it ended as it did, where that tells the outcome; false where its results do. */
bool run_ended_badly(const struct confine_result *r, struct verdict_of_run *ret);

/* The last line that says something, fit to be shown. */
void run_last_line(struct slice output, char *ret, size_t capacity);

#endif
