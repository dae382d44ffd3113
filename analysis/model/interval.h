/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_INTERVAL_H
#define ANALYSIS_MODEL_INTERVAL_H

/*
 * How far a share that was measured on some tasks may lie from the one over all tasks like
 * them: 95 % intervals. The tasks are the sample, not the answers; several answers to one
 * task tell less than as many tasks would.
 */

#include "core/error.h"

#include <stdint.h>

enum {
	INTERVAL_RESAMPLES = 2000,
	INTERVAL_SEED = 1,
};

struct interval {
	double low, high;
};

/* Of `count` tasks: how many of the answers that count passed. */
struct trial {
	uint32_t samples, passed; /* samples > 0 */
};

/* The mean over the tasks of their shares: pass@1. NaN for no task. */
double interval_mean(const struct trial *trials, size_t count);

/* Wilson's score interval (1927) for a share `p` of `n` independent tries, n > 0; `z` is the
 * quantile. */
struct interval interval_score(double p, double n, double z);

/* Wilson's interval for pass@1. With one answer a task over the number of tasks; with more
 * over the effective number (the variance of one answer over the variance of the mean that
 * the tasks show, as Kish's design effect is; never less than the tasks, nor more than the
 * answers) with the quantile of Student's t. count > 0. */
struct interval interval_wilson(const struct trial *trials, size_t count);

/* By resampling tasks with a generator of its own, so that the same trials give the same
 * interval: the percentiles, widened for few tasks as Hesterberg (2015) does. Of one task,
 * and where all tasks have the same share, there is nothing to resample: NaN. */
struct interval interval_bootstrap(const struct trial *trials, size_t count);

/* The 97.5 % quantile of Student's t; `degrees` > 0. */
double interval_student(size_t degrees);

#endif
