/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_MODELS_H
#define ANALYSIS_MODEL_MODELS_H

/*
 * The figures of a benchmark of models, out of the rows that its runner wrote: a step of the
 * judgement that says nothing of egress, and nothing at all where no benchmark was read.
 */

#include "analysis/judge.h"

enum { MODELS_NAME_MAX = 1025 }; /* of a model, a task, a suite; with its NUL */

/* A model of one file. */
struct models_key {
	int64_t source;
	char model[MODELS_NAME_MAX];
};

/* All of it: tasks, speed, shares with their intervals, pairs, verdicts by the thresholds of
 * the policy. What an earlier judgement left is replaced. */
enum status models(struct store *store, const struct policy *policy, struct error *err) MUST_CHECK;

/* Its parts, each on the rows of those before. */
enum status speed(struct store *store, const struct models_key *of, struct error *err) MUST_CHECK;
enum status quality(struct store *store, struct error *err) MUST_CHECK;
enum status pairs(struct store *store, struct error *err) MUST_CHECK;
enum status published(struct store *store, struct error *err) MUST_CHECK;

#endif
