/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TIER_H
#define CLI_TIER_H

/*
 * Which tier of witnessing a session is to have, and which it could have here.
 */

#include "cli/collectors_table.h"
#include "core/tier.h"

/* The one that was asked for: by --tier (NULL: it was not given), else by the policy. Fails where
 * that is none, or cannot be had by whoever asks. */
enum status tier_choose(const char *option, enum watch_tier policy, enum watch_tier *ret,
			struct error *err) MUST_CHECK;

/* The best that these witnesses give, as they were probed. */
enum watch_tier tier_of(const struct collector_row rows[], size_t count);

/* Is a witness of that name anything that a session of this tier could want? Without the rights of root
 * seccomp stands in for the kernel witness; where that works nothing is missing. */
bool tier_wants(enum watch_tier t, const char *witness);

/* What a session of it can come to, in one line for a person. */
const char *tier_about(enum watch_tier t);

#endif
