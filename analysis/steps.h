/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_STEPS_H
#define ANALYSIS_STEPS_H

/*
 * The steps of a judgement, in their order. Each reads the rows of those before.
 */

#include "analysis/judge.h"

/* Where destinations lie, and flows by them. */
enum status classify(struct store *store, struct error *err) MUST_CHECK;

/* Which attempt, or what else, each flow in the captures comes from. */
enum status explain(struct store *store, struct error *err) MUST_CHECK;

/* Which attempts leave the machine, what each was for, and whether the policy allows it. */
enum status vectors(struct store *store, const struct policy *policy, struct error *err) MUST_CHECK;

/* The spans in which each witness is shown to have seen. */
enum status coverage(struct store *store, struct error *err) MUST_CHECK;

/* The logs that must agree, entry by entry, against the attempts. */
enum status match(struct store *store, struct error *err) MUST_CHECK;

/* What became of each way out that `challenge` tried, and what the policy claims of it. */
enum status challenge(struct store *store, const struct policy *policy, struct error *err) MUST_CHECK;

/* Runs every check; each leaves findings. */
enum status checks_run(struct store *store, struct error *err) MUST_CHECK;

/* What the evidence shows for each objective of schema/controls.tsv, after the verdict. */
enum status controls(struct store *store, enum verdict verdict, struct error *err) MUST_CHECK;

/* This session beside those before it, after the verdict. */
enum status past(struct store *store, struct error *err) MUST_CHECK;

/* Runs a list of statements that need no values. */
enum status steps_run(struct store *store, const enum query list[], size_t count,
		      struct error *err) MUST_CHECK;

#endif
