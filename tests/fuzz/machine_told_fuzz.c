/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a machine told of itself, alone and beside what it told before.
 */
#include "benchmark/machine_source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(const struct machine *m)
{
	if (m->gpu_count > MACHINE_GPUS_MAX)
		abort();
	for (size_t i = 0; i < m->gpu_count; i++) {
		const struct machine_gpu *g = &m->gpus[i];
		if (!memchr(g->name, 0, sizeof g->name) || !memchr(g->vendor, 0, sizeof g->vendor) ||
		    !memchr(g->source, 0, sizeof g->source) || (g->free_known && g->free_bytes > g->total_bytes))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct machine m = {.memory_bytes = UINT64_C(1) << 34}, told;
	struct error err = {0};
	AUTO_TEXT struct text notes = text_make(1 << 16);
	machine_told_name(machine_add(&m), SLICE("NVIDIA GeForce RTX 4060 Ti"), "test");
	if (machine_told(slice_of(data, size), &m, &err)) {
		if (!err.text[0] || m.gpu_count != 1)
			abort();
		return 0;
	}
	told = m;
	check(&m);
	/* the same again is the same cards */
	if (machine_told(slice_of(data, size), &m, &err) || m.gpu_count > told.gpu_count + MACHINE_GPUS_MAX)
		abort();
	if (machine_told_end(&m, &notes, &err) && !err.text[0])
		abort();
	check(&m);
	return 0;
}
