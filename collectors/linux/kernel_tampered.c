/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/kernel_state.h"

#include <bpf/bpf.h>

bool kernel_place_of(const struct bpf_link *link, struct kernel_place *ret)
{
	struct bpf_link_info info = {0};
	uint32_t size = sizeof info;
	if (bpf_obj_get_info_by_fd(bpf_link__fd(link), &info, &size) != 0)
		return false;
	*ret = (struct kernel_place){info.prog_id, info.type == BPF_LINK_TYPE_CGROUP ? info.cgroup.cgroup_id : 0};
	return true;
}

const char *kernel_tampered(const struct kernel_programs *k)
{
	const struct kernel_settings *s = &k->settings;
	if (kernel_shared(k, SHARED_CGROUP) != s->cgroup_id || kernel_shared(k, SHARED_LEVEL) != s->cgroup_level ||
	    kernel_shared(k, SHARED_SUITE) != (uint64_t)s->suite || kernel_shared(k, SHARED_HOST) != s->host)
		return "somebody changed the settings of the kernel programs";
	for (size_t i = 0; i < k->link_count; i++) {
		const struct kernel_place *was = &k->places[i];
		struct kernel_place is;
		if (!was->program || !kernel_place_of(k->links[i], &is))
			continue;
		if (is.cgroup != was->cgroup)
			return "somebody took a kernel program off its hook";
		if (is.program != was->program)
			return "somebody put another program in the place of a kernel program";
	}
	return NULL;
}
