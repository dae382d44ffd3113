/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_ANSWER_H
#define BENCHMARK_ANSWER_H

/*
 * From what a model said to files: out of fences, prose and thinking tags, the same way
 * for every model.
 */

#include "benchmark/judge.h"

enum {
	ANSWER_TEXT_MAX = 1 << 20, /* bytes of one reply that are looked at */
	ANSWER_FENCES_MAX = 256,
};

/* Takes the answer to `task` out of `said`. `ret_outcome` is OUTCOME_PASSED where there is
 * one (to be judged), else OUTCOME_EMPTY, OUTCOME_REFUSED or OUTCOME_NO_CODE with the
 * reason in `detail`. The caller frees the files. */
struct answer {
	struct task_files files;
	enum outcome outcome;
	char detail[256];
};

struct answer answer_take(const struct task *task, struct slice said);
void answer_free(struct answer *a);

/* What the model is asked: the prompt, the files of start/, and how to answer. */
void answer_ask(const struct task *task, struct text *ret);

#endif
