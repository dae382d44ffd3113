/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_JUDGE_H
#define ANALYSIS_JUDGE_H

/*
 * Rows in, rows out: what the evidence in audit.db means. Whatever an earlier
 * judgement left is replaced, so judging twice gives the same rows as judging once.
 */

#include "analysis/policy.h"
#include "core/store.h"

enum verdict { VERDICT_PASS = 0, VERDICT_FAIL = 1, VERDICT_INCONCLUSIVE = 2 }; /* exit status */

/* "PASS", "FAIL", "INCONCLUSIVE". */
const char *verdict_name(enum verdict v);

/* Judges a store that is open for writing, in a transaction of its own, by the
 * policy that stands in it, or by `policy` where that is not NULL. */
enum status judge(struct store *store, const struct policy *policy, enum verdict *ret,
		  struct error *err) MUST_CHECK;

#endif
