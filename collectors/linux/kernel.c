/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel witness: loads the kernel programs, empties their ring into the evidence
 * (collectors/linux/kernel_record.h) and looks that they are still in place.
 */
#include "collectors/registry.h"
#include "collectors/linux/cgroup.h"
#include "collectors/linux/image.h"
#include "collectors/linux/kernel_load.h"
#include "collectors/linux/kernel_probe.h"
#include "collectors/linux/kernel_record.h"
#include "collectors/linux/platform_state.h"
#include "collectors/linux/tracked.h"
#include "collectors/processes.h"

#include <stdlib.h>

enum {
	RECORDS_A_DRAIN = 8192,
	HELD_MS = 50, /* an attempt is told at the latest after about this */
	TAMPER_MS = 500, /* how often the programs are looked at */
	DRAIN_PAUSE_MS = 50, /* 8 MiB of ring take far longer to fill; draining every 10 ms was
	                      * measured to slow a burst by 4 % more */
};

struct kernel {
	struct kernel_records records; /* of it, the images are owned */
	struct kernel_programs *programs;
	struct cgroup cgroup;
	uint64_t held_lost;
	int64_t held_ns; /* when the slots were looked at */
	int64_t tampered_ns; /* when the programs were */
};

static void report_parts(struct kernel *k)
{
	size_t count;
	const struct kernel_part *parts = kernel_parts(k->programs, &count);
	for (size_t i = 0; i < count; i++)
		if (!parts[i].unneeded)
			watch_witness(k->records.w, "kernel", parts[i].name, parts[i].on ? "on" : "missing",
				      parts[i].on ? parts[i].witnesses : parts[i].problem,
				      parts[i].on ? "" : "a newer kernel has it");
}

static enum status kernel_open(struct watch *w, void **ret_state, struct error *err)
{
	struct kernel *k = must_alloc(1, sizeof *k);
	struct kernel_settings settings = {
		.ring_bytes = w->options->ring_bytes,
		.cgroup_id = w->cgroup_id,
		.cgroup_level = w->cgroup_level,
		.suite = w->suite,
		.host = w->options->host || w->platform->later,
		.enforce = w->options->enforce,
	};
	k->records.w = w;
	k->records.later = w->platform->later;
	enum status status = cgroup_open_root(&k->cgroup, err);
	if (!status)
		status = kernel_load(&k->cgroup, &settings, &k->programs, err);
	if (!status && w->command)
		status = kernel_track(k->programs, w->command, err);
	if (!status && w->options->pid)
		status = tracked_begin(k->programs, w->options, k->records.later, err);
	if (status) {
		kernel_unload(k->programs);
		cgroup_close(&k->cgroup);
		free(k);
		return status;
	}
	k->records.images = images_new(w);
	*ret_state = k;
	return OK;
}

static void kernel_start(void *state)
{
	struct kernel *k = state;
	report_parts(k);
	if (k->records.w->command)
		processes_add(k->records.w->processes, (uint32_t)k->records.w->command);
}

static void look_for_tampering(struct kernel *k)
{
	const char *changed = kernel_tampered(k->programs);
	if (changed)
		kernel_record_died(&k->records, changed, KERNEL_WITHOUT_ROOT);
}

static void kernel_drain_all(void *state)
{
	struct kernel *k = state;
	if (kernel_drain(k->programs, RECORDS_A_DRAIN, kernel_record, &k->records) < 0)
		kernel_record_died(&k->records, "the ring buffer cannot be read", "");
	int64_t now = clock_mono(), held = HELD_MS * CLOCK_MILLISECOND;
	if (now - k->held_ns > held) {
		k->held_lost += kernel_drain_held(k->programs, (uint64_t)(now - held), kernel_record, &k->records);
		k->held_ns = now;
	}
	if (now - k->tampered_ns > TAMPER_MS * CLOCK_MILLISECOND) {
		k->tampered_ns = now;
		look_for_tampering(k);
	}
	image_work(k->records.images);
}

static int kernel_wake_of(void *state)
{
	const struct kernel *k = state;
	return kernel_wake(k->programs);
}

static uint64_t kernel_lost(void *state)
{
	const struct kernel *k = state;
	uint64_t lost = kernel_shared(k->programs, SHARED_MAP_FULL) + k->held_lost + later_lost(k->records.later);
	for (unsigned kind = 0; kind < EVENT_KINDS; kind++)
		lost += kernel_shared(k->programs, SHARED_LOST + kind);
	return lost;
}

static uint64_t kernel_stop(void *state)
{
	struct kernel *k = state;
	/* twice: what was reserved but not yet submitted the first time */
	for (int turn = 0; turn < 2; turn++)
		kernel_drain(k->programs, SIZE_MAX, kernel_record, &k->records);
	k->held_lost += kernel_drain_held(k->programs, UINT64_MAX, kernel_record, &k->records);
	while (image_work(k->records.images))
		;
	look_for_tampering(k);
	struct json *j = evidence_begin(k->records.w->evidence, "session_egress", clock_now().wall_ns);
	json_add_u64(j, "packets", kernel_shared(k->programs, SHARED_SESSION_PACKETS));
	json_add_u64(j, "bytes", kernel_shared(k->programs, SHARED_SESSION_BYTES));
	if (k->records.w->options->enforce) {
		json_add_u64(j, "denied", kernel_shared(k->programs, SHARED_DENIED));
		json_add_u64(j, "unrecorded", kernel_shared(k->programs, SHARED_UNRECORDED));
	}
	evidence_end(k->records.w->evidence);
	uint64_t lost = kernel_lost(k);
	images_free(k->records.images);
	kernel_unload(k->programs);
	cgroup_close(&k->cgroup);
	free(k);
	return lost;
}

const struct collector collector_kernel = {
	.name = "kernel",
	.witnesses = "every connect and send with process, outcome and bytes; forks and programs",
	.needs = "root (or BPF, PERFMON, NET_ADMIN), Linux 5.15 with BTF and cgroup v2",
	.canaries = true,
	.probe = kernel_probe,
	.open = kernel_open,
	.start = kernel_start,
	.drain = kernel_drain_all,
	.wake = kernel_wake_of,
	.pause_ns = DRAIN_PAUSE_MS * CLOCK_MILLISECOND,
	.stop = kernel_stop,
	.lost = kernel_lost,
};
