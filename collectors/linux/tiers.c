/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which witnesses each tier does with.
 */
#include "collectors/platform.h"
#include "collectors/registry.h"

bool platform_wants(const struct session *s, const struct collector *c)
{
	enum watch_tier tier = s->w.options->tier;
	if (c == &collector_kernel || c == &collector_packets)
		return tier == TIER_AUTO || tier == TIER_FULL;
	if (c != &collector_seccomp)
		return true;
	/* beside the kernel witness it would be told of each attempt twice */
	return tier == TIER_UNPRIVILEGED || (tier == TIER_AUTO && !session_is_running(s, "kernel"));
}

const char *platform_tier(const struct session *s)
{
	if (session_is_running(s, "kernel") && session_is_running(s, "packets"))
		return tier_name(TIER_FULL);
	if (session_is_running(s, "seccomp"))
		return tier_name(TIER_UNPRIVILEGED);
	return session_is_running(s, "isolation") ? "isolated" : tier_name(TIER_POLLING);
}
