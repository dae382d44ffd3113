/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tier.h"

static const char *const names[TIER_COUNT] = {"auto", "full", "unprivileged", "polling"};

const char *tier_name(enum watch_tier t)
{
	return names[t];
}

bool tier_parse(struct slice word, enum watch_tier *ret)
{
	for (int i = 0; i < TIER_COUNT; i++)
		if (slice_is(word, names[i])) {
			*ret = (enum watch_tier)i;
			return true;
		}
	return false;
}
