/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_END_H
#define CLI_BENCH_END_H

/*
 * How a benchmark ended, in words and as an exit status. Two things are judged, and
 * neither stands for the other: whether anything left the machine, and whether a model is
 * good enough.
 */

#include "analysis/judge.h"
#include "cli/bench_worker.h"

struct bench_end {
	const char *folder;
	const char *resumed; /* the folder that was gone on with; NULL: none */
	bool watched;        /* else nothing is said of egress */
	enum verdict egress;
	bool judged;         /* by thresholds of the policy */
	enum verdict enough;
	int worker;          /* 0: it came to its end; BENCH_INTERRUPTED; else its exit status */
};

/* 1 where either is FAIL; else the worker's failure; else 2 where anything is open: either
 * is INCONCLUSIVE, or it was interrupted; else 0. */
int bench_end_status(const struct bench_end *e);

/* On standard error: both verdicts, what was watched and what was not, and how to go on. */
void bench_end_say(const struct bench_end *e);
void bench_end_words(const struct bench_end *e, struct text *ret);

#endif
