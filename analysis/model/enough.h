/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_ENOUGH_H
#define ANALYSIS_MODEL_ENOUGH_H

/*
 * Is a model good enough? The policy says what that takes ([bench]); each of its thresholds is
 * PASS where all of the interval lies on its good side, FAIL where all of it lies on the other,
 * else INCONCLUSIVE, as everything is where the run itself cannot be judged by.
 */

#include "analysis/model/models.h"

/* The rows of one model. */
enum status enough(struct store *store, const struct policy_bench *policy, const struct models_key *of,
		   struct error *err) MUST_CHECK;

/* The worst of all that was judged, for an exit status: FAIL where any model fails any
 * threshold. `ret_judged` is false, and `ret` PASS, where there was no threshold or no model. */
enum status enough_verdict(struct store *store, bool *ret_judged, enum verdict *ret, struct error *err) MUST_CHECK;

#endif
