/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_ANSWER_H
#define BENCHMARK_ANSWER_H

/*
 * From what a model said to files: out of fences, prose and thinking tags, the same way
 * for every model.
 *
 * Where one file is asked for and several blocks stand there, the answer is the block
 * that is said to be that file; else, of the blocks whose language fits, the one that
 * defines most of the names that the task asks for; among equals the last. An example of
 * how to call it behind the answer is thereby none, and a model that corrects itself is
 * taken by its last word.
 */

#include "benchmark/judge.h"

enum {
	ANSWER_TEXT_MAX = 1 << 20, /* bytes of one reply that are looked at */
	ANSWER_FENCES_MAX = 256,
};

struct answer {
	struct task_files files; /* owned */
	enum outcome outcome;
	bool open;               /* it runs on to the last byte: whoever was cut off there was not done */
	uint64_t thought_bytes;  /* of thinking in the text itself */
	char detail[256];        /* printable */
};

/* Takes the answer to `task` out of `said`. The outcome is OUTCOME_PASSED where there is
 * one (to be judged), else OUTCOME_EMPTY, OUTCOME_REFUSED or OUTCOME_NO_CODE with the
 * reason in `detail`. The caller frees it. */
struct answer answer_take(const struct task *task, struct slice said);

/* The same where the prompt itself was continued, without a conversation: as the
 * published harnesses do it, all of it up to the first stop is the answer. */
struct answer answer_complete(const struct task *task, struct slice said);

/* Frees what it owns, not `a` itself. */
void answer_free(struct answer *a);

/* What the model is asked: the prompt, the files of start/, and how to answer. */
void answer_ask(const struct task *task, struct text *ret);

/* Where a model that continues a prompt is to stop; NULL-terminated. */
const char *const *answer_stops(const struct task *task);

#endif
