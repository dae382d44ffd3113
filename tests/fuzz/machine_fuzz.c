/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What nvidia-smi printed, /proc/meminfo and /proc/cpuinfo.
 */
#include "benchmark/machine_source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_smi(struct slice input)
{
	struct machine m = {.gpu_count = 1};
	bool good = machine_nvidia_smi(input, &m);
	if (good != (m.gpu_count > 1) || m.gpu_count > MACHINE_GPUS_MAX)
		abort();
	for (size_t i = 1; i < m.gpu_count; i++) {
		const struct machine_gpu *g = &m.gpus[i];
		if (memchr(g->name, 0, sizeof g->name) == NULL || (g->free_known && g->free_bytes > g->total_bytes) ||
		    (g->unified && g->total_bytes))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct machine m = {0};
	struct slice input = slice_of(data, size);
	check_smi(input);
	machine_meminfo(input, &m);
	machine_cpuinfo(input, &m);
	if (memchr(m.processor, 0, sizeof m.processor) == NULL || m.processors > size)
		abort();
	return 0;
}
