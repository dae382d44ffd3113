/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_RUN_H
#define BENCHMARK_RUN_H

/*
 * The benchmark itself: machine, tier, servers, models, sandbox; how fast each model is;
 * then every task. One thread asks, the others judge what was answered meanwhile. All of
 * it goes into the record as it happens.
 */

#include "benchmark/record.h"

/* How it goes, a few times a second while a model speaks. */
struct run_state {
	const char *model;
	size_t task, tasks; /* number `task` of them is being asked, from 1 */
	size_t judged, passed; /* of this model's answers so far */
	double tokens_per_s; /* of this answer; 0: not known yet */
	int64_t left_ns; /* of everything; -1: not known yet */
};

struct run_order {
	const struct run_settings *settings;
	int folder; /* of the record */
	struct slice tiers; /* schema/tiers.tsv or a site's own */
	struct slice published; /* a site's own published.tsv; empty: the build's */
	const char *resumed_from; /* the folder whose record was put into this one; NULL: a new run */
	/* What a person should know, a sentence; and how it goes. Called from one thread. */
	void (*say)(void *context, const char *text);
	void (*tick)(void *context, const struct run_state *state);
	void *context;
};

enum run_end {
	RUN_COMPLETE,
	RUN_INTERRUPTED, /* by the user; what was done is in the record */
};

/* Goes through all of it. Fails where it cannot begin, or cannot go on (the server is
 * gone, a disk is full); the record has what was done until then, and can be resumed. */
enum status run_benchmark(const struct run_order *order, enum run_end *ret, struct error *err) MUST_CHECK;

/* Is what it needs there: tasks, a sandbox, a server, a model? Asks and records nothing. */
enum status run_ready(const struct run_order *order, struct error *err) MUST_CHECK;

/* The tasks that `s` names, and those of them that can be done where `languages` are
 * there. The caller frees both. */
struct run_tasks {
	struct tasks all;
	const struct task **chosen; /* owned; into `all` */
	size_t chosen_count;
	size_t left_out[TASK_LANGUAGES]; /* because their language is not there */
};
enum status run_tasks_load(const struct run_settings *s, struct tasks *ret, struct error *err) MUST_CHECK;
void run_tasks_choose(const struct run_settings *s, const struct judge_languages *languages, struct run_tasks *t);
void run_tasks_free(struct run_tasks *t);

#endif
