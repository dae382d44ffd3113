/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc_meminfo(5) and proc_cpuinfo(5), and what sysctl(8) of macOS prints: "name: value" a
 * line.
 *
 *	MemTotal:       16316412 kB
 *	model name	: Intel(R) Core(TM) i7-1165G7
 *	hw.memsize: 17179869184                         bytes
 *	iogpu.wired_limit_mb: 0                         MiB for graphics; 0: as the system sees fit
 *	machdep.cpu.brand_string: Apple M2
 */
#include "benchmark/machine_source.h"

static bool next_pair(struct cursor *lines, struct slice *ret_name, struct slice *ret_value)
{
	struct slice line;
	while (cursor_line(lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (!cursor_until(&c, ':', line.size, ret_name))
			continue;
		*ret_name = slice_trim(*ret_name);
		*ret_value = slice_trim(cursor_rest(&c));
		return true;
	}
	return false;
}

static uint64_t kilobytes(struct slice value)
{
	uint64_t number;
	if (!slice_ends(value, " kB") || !slice_u64(slice_part(value, 0, value.size - 3), UINT64_MAX >> 10, &number))
		return 0;
	return number << 10;
}

void machine_meminfo(struct slice text, struct machine *m)
{
	struct cursor lines = cursor_over(text);
	struct slice name, value;
	while (next_pair(&lines, &name, &value)) {
		if (slice_is(name, "MemTotal"))
			m->memory_bytes = kilobytes(value);
		else if (slice_is(name, "MemAvailable"))
			m->memory_free_bytes = kilobytes(value);
	}
}

/* One "processor" a logical one; its name stands under another word on each architecture. */
void machine_cpuinfo(struct slice text, struct machine *m)
{
	static const char *const names[] = {"model name", "cpu model", "Model", "cpu"};
	struct cursor lines = cursor_over(text);
	struct slice name, value;
	while (next_pair(&lines, &name, &value)) {
		m->processors += slice_is(name, "processor");
		for (size_t i = 0; i < LENGTH(names); i++) {
			AUTO_TEXT struct text shown = text_make(sizeof m->processor - 1);
			if (m->processor[0] || !slice_is(name, names[i]))
				continue;
			text_add_printable(&shown, value, 100);
			slice_to_string(text_slice(&shown), m->processor, sizeof m->processor);
		}
	}
}

/* A processor of Apple's is its own graphics; of another one sysctl tells nothing of them. */
bool machine_sysctl(struct slice text, struct machine *m)
{
	struct cursor lines = cursor_over(text);
	struct slice name, value;
	struct machine_gpu *g;
	uint64_t number;
	bool any = false;
	while (next_pair(&lines, &name, &value)) {
		if (slice_is(name, "hw.memsize") && slice_u64(value, UINT64_C(1) << 50, &number)) {
			m->memory_bytes = number;
			any = true;
		} else if (slice_is(name, "iogpu.wired_limit_mb") && slice_u64(value, 1 << 30, &number)) {
			m->unified_bytes = number << 20;
			any = true;
		} else if (slice_is(name, "machdep.cpu.brand_string") && slice_starts(value, "Apple") && m->gpu_count == 0 &&
			   (g = machine_add(m))) {
			machine_told_name(g, value, "sysctl");
			g->unified = any = true;
		}
	}
	return any;
}
