/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/tier.h"

#include "core/privilege.h"

enum status tier_choose(const char *option, enum watch_tier policy, enum watch_tier *ret, struct error *err)
{
	struct invoker who;
	*ret = policy;
	if (option && !tier_parse(slice_of_string(option), ret))
		return fail(err, ERR_USAGE, "--tier is " TIER_WORDS ", not \"%s\"", option);
	if (*ret != TIER_UNPRIVILEGED)
		return OK;
	enum status status = privilege_invoker(&who, err);
	if (!status && who.uid == 0)
		return fail(err, ERR_USAGE, "the unprivileged tier watches what an ordinary user runs: as root a "
			    "command could get round it. Run it as that user, or with --tier full");
	return status;
}

enum watch_tier tier_of(const struct collector_row rows[], size_t count)
{
	bool kernel = collectors_table_works(rows, count, "kernel");
	if (kernel && collectors_table_works(rows, count, "packets"))
		return TIER_FULL;
	/* beside the kernel witness it is not begun */
	return !kernel && collectors_table_works(rows, count, "seccomp") ? TIER_UNPRIVILEGED : TIER_POLLING;
}

bool tier_wants(enum watch_tier t, const char *witness)
{
	return t != TIER_FULL || strcmp(witness, "seccomp") != 0;
}

const char *tier_about(enum watch_tier t)
{
	static const char *const about[TIER_COUNT] = {
		[TIER_FULL] = "Full view: a session here can be PASS, FAIL or INCONCLUSIVE.",
		[TIER_UNPRIVILEGED] = "Unprivileged view: a command's own calls are seen, each with what came of it; packets and "
				      "other programs are not. A session here can be PASS for that, FAIL or INCONCLUSIVE.",
		[TIER_POLLING] = "Not the full view: a session here can be FAIL or INCONCLUSIVE, never PASS.",
	};
	return about[t];
}
