/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/collector.h"
#include "collectors/tell.h"

int64_t watch_wall(int64_t mono_ns)
{
	struct clock_pair now = clock_now();
	return mono_ns + (now.wall_ns - now.mono_ns);
}

bool watch_leaves(const struct watch *w, const struct address *a)
{
	if (address_class(a) == CLASS_LOOPBACK)
		return false;
	for (size_t i = 0; i < w->own_count; i++)
		if (address_equal(a, &w->own[i]))
			return false;
	return true;
}

void watch_witness(struct watch *w, const char *witness, const char *part, const char *state,
		   const char *detail, const char *remedy)
{
	struct json *j = evidence_begin(w->evidence, "witness", clock_now().wall_ns);
	json_add_string(j, "witness", witness);
	if (part)
		json_add_string(j, "part", part);
	json_add_string(j, "state", state);
	json_add_string(j, "detail", detail);
	json_add_string(j, "remedy", remedy);
	evidence_end(w->evidence);
}

void watch_tell_egress(struct watch *w, uint32_t pid, struct slice comm, const char *call,
		       const char *proto, const struct address *dst, unsigned dport)
{
	w->tally.egress++;
	tell_egress(w->tell, pid, comm, call, proto, dst, dport);
}
