/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_JUDGE_H
#define BENCHMARK_JUDGE_H

/*
 * Is an answer right? The answer runs in the sandbox with the task's driver, which says
 * on descriptor 3 what came out; what should have come out never enters the sandbox, so
 * that nothing that runs there can claim it.
 */

#include "benchmark/confine.h"

enum outcome {
	OUTCOME_PASSED,
	OUTCOME_FAILED,       /* it ran, and the results are others */
	OUTCOME_CRASHED,      /* it ended by a signal or an exception before its results were out */
	OUTCOME_SYNTAX_ERROR, /* it does not parse or compile */
	OUTCOME_TIMEOUT,      /* of its tests */
	OUTCOME_LIMIT,        /* memory, processes, disk or output */
	OUTCOME_EMPTY,        /* the model said nothing, or only thought */
	OUTCOME_REFUSED,      /* the model declined */
	OUTCOME_NO_CODE,      /* it said something, but no answer was in it */
	OUTCOME_CUT,          /* the model was stopped by the token limit before the answer's end */
	OUTCOME_SLOW,         /* the model's own time ran out */
	OUTCOME_SERVER_ERROR, /* the server failed; not the model's answer, counted apart */
	OUTCOMES,
};

struct verdict_of_run {
	enum outcome outcome;
	char detail[512];   /* the first difference, the exception's last line; printable */
	int64_t wall_ns;    /* of the test run */
	uint64_t memory_bytes;
};

/* Judges `answer` (its files lie over the task's start/). Fails where the sandbox
 * itself failed. Thread-safe. */
enum status judge_answer(struct confine *c, const struct task *task, const struct task_files *answer,
			 struct verdict_of_run *ret, struct error *err) MUST_CHECK;

/* Runs the test that the model may see (an agent's "run the tests"); `ret` gets what it
 * printed, cut to what a model can read. */
enum status judge_visible(struct confine *c, const struct task *task, const struct task_files *files,
			  struct text *ret, bool *ret_passed, struct error *err) MUST_CHECK;

/* Which languages can be judged here, with their versions ("Python 3.11.2"); "" where
 * the sandbox has none. */
struct judge_languages {
	char version[TASK_LANGUAGES][64];
};
enum status judge_languages(struct confine *c, struct judge_languages *ret, struct error *err) MUST_CHECK;

const char *outcome_name(enum outcome o); /* "passed", "syntax_error" */

#endif
