/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_SIGNING_H
#define ANALYSIS_POLICY_SIGNING_H

/*
 * [signing] of a policy: what seals are signed with, and who stamps them.
 */

#include "core/error.h"

enum { POLICY_SIGNING_KEYS = 4, POLICY_SIGNING_MAX = 4096 };

/* "" where the default counts. */
struct policy_signing {
	char key[POLICY_SIGNING_MAX], certificate[POLICY_SIGNING_MAX];
	char tsa[POLICY_SIGNING_MAX], tsa_ca[POLICY_SIGNING_MAX]; /* an authority, and who vouches for it */
	bool given[POLICY_SIGNING_KEYS];
};

/* One key of [signing]. Fails with ERR_CONFIG. */
enum status policy_signing_set(struct policy_signing *s, const char *key, const char *value, struct error *err) MUST_CHECK;

#endif
