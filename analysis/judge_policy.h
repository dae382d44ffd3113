/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_JUDGE_POLICY_H
#define ANALYSIS_JUDGE_POLICY_H

#include "analysis/policy.h"
#include "core/store.h"

/* Puts the parts of the policy that statements and documents ask for into the database,
 * as facts of the session, and marks the witnesses that it requires. Within the
 * transaction of the caller. */
enum status judge_policy(struct store *store, const struct policy *p, struct error *err) MUST_CHECK;

#endif
