/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_ATTEMPTS_H
#define ANALYSIS_ATTEMPTS_H

/*
 * All that is judged of an attempt by itself, in one pass over the table: where its
 * destination lies, whether it leaves the machine, what it was for, whether the policy
 * allows it. A row that stands as it should is not written again.
 */

#include "analysis/policy.h"
#include "analysis/purpose.h"

/* Judges every attempt of the database, within the transaction of the caller. */
enum status attempts_judge(struct purposes *p, const struct policy *policy, struct error *err) MUST_CHECK;

#endif
