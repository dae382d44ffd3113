/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_SEAL_H
#define ANALYSIS_POLICY_SEAL_H

/*
 * [seal] of a policy: the second places that hear of the head of the evidence's chain while
 * a session runs.
 */

#include "core/error.h"
#include "core/head.h"

struct policy_seal {
	char head[HEAD_PLACES_MAX][HEAD_PLACE_MAX]; /* as core/head.h has them */
	size_t head_count;
};

/* One key of [seal]. Fails with ERR_CONFIG. */
enum status policy_seal_set(struct policy_seal *s, const char *key, const char *value, struct error *err) MUST_CHECK;

#endif
