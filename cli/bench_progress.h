/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_PROGRESS_H
#define CLI_BENCH_PROGRESS_H

/*
 * How a benchmark goes, on standard error: a line that is drawn anew on a terminal, now
 * and then a plain one elsewhere.
 */

#include "benchmark/run.h"

struct bench_progress {
	bool quiet, terminal, drawn;
	int64_t next_ns, step_ns;
};

struct bench_progress bench_progress_start(bool quiet);

/* For struct run_order; `context` is the progress. */
void bench_progress_say(void *context, const char *text);
void bench_progress_tick(void *context, const struct run_state *state);

void bench_progress_end(struct bench_progress *p);

/* "qwen3:8b  task 12 of 120  9 of 11 passed  34.2 tokens/s  14 min left" */
void bench_progress_line(const struct run_state *state, struct text *ret);

#endif
