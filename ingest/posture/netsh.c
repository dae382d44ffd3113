/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "netsh advfirewall show allprofiles" in English:
 *
 *   Public Profile Settings:
 *   ----------------------------------------------------------------------
 *   State                                 ON
 *   Firewall Policy                       BlockInbound,BlockOutbound
 *
 * Which profile counts depends on the network, so that each must deny. Rules that allow
 * something beside that are not in it.
 */
#include "ingest/posture/firewall.h"

struct profile {
	struct slice name;
	bool on, denies, policy;
};

static enum status end_profile(struct posture *p, struct profile *f, struct error *err)
{
	if (f->name.size == 0)
		return OK;
	const struct firewall_chain chain = {
		.family = "46",
		.name = f->name,
		.hook = "profile",
		.policy = f->on && f->denies ? "drop" : "accept",
	};
	enum status status = f->policy ? OK : posture_unsure(p, "a profile without a policy", f->name, err);
	*f = (struct profile){0};
	return status ? status : firewall_chain(p, &chain, err);
}

enum status posture_netsh(struct posture *p, struct slice text, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct profile f = {0};
	struct slice line;
	unsigned profiles = 0;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		line = slice_trim(slice_part(line, 0, POSTURE_LINE_MAX));
		size_t heading = slice_search(line, SLICE(" Profile Settings:"));
		if (heading < line.size) {
			status = end_profile(p, &f, err);
			f.name = slice_part(line, 0, heading);
			profiles++;
		} else if (slice_starts(line, "State ")) {
			f.on = slice_ends(line, "ON");
		} else if (slice_starts(line, "Firewall Policy ")) {
			f.policy = true;
			f.denies = slice_ends(line, "BlockOutbound") || slice_ends(line, "BlockOutboundAlways");
		}
	}
	if (!status)
		status = end_profile(p, &f, err);
	if (!status && profiles == 0)
		status = posture_unsure(p, "no profile is told, or not in English", slice_part(text, 0, 80), err);
	return status;
}
