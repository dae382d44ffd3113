/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/kernel_probe.h"

#include "collectors/linux/cgroup.h"
#include "collectors/linux/kernel_load.h"
#include "collectors/linux/more_rights.h"
#include "core/privilege.h"
#include "core/text.h"

#include <stdio.h>

static void describe_parts(struct kernel_programs *programs, struct probe *ret)
{
	size_t count, on = 0, needed = 0;
	AUTO_TEXT struct text missing = text_make(sizeof ret->detail / 2);
	const struct kernel_part *parts = kernel_parts(programs, &count);
	for (size_t i = 0; i < count; i++) {
		on += parts[i].on;
		needed += !parts[i].unneeded;
		if (!parts[i].on && !parts[i].unneeded)
			text_addf(&missing, "%s %s", missing.size ? "," : ", without", parts[i].name);
	}
	snprintf(ret->detail, sizeof ret->detail, "%zu of %zu kernel programs load%s", on, needed,
		 text_string(&missing));
}

void kernel_probe(struct probe *ret)
{
	struct cgroup cgroup;
	struct kernel_programs *programs = NULL;
	struct error err = {0};
	struct kernel_settings settings = {.ring_bytes = 4096};
	enum status status = cgroup_open_root(&cgroup, &err);
	if (!status)
		status = kernel_load(&cgroup, &settings, &programs, &err);
	ret->works = !status;
	if (status) {
		snprintf(ret->detail, sizeof ret->detail, "%s", err.text);
		if (status == ERR_PERMISSION || !privilege_full())
			more_rights(LIBEXECDIR, ret->remedy, sizeof ret->remedy);
		else
			snprintf(ret->remedy, sizeof ret->remedy, "needs Linux 5.15 or later with BPF, BTF and cgroup v2");
	} else {
		describe_parts(programs, ret);
	}
	kernel_unload(programs);
	cgroup_close(&cgroup);
}
