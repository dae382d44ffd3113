/* SPDX-License-Identifier: Apache-2.0 */
/* A record of a benchmark, read back to go on with it. */
#include "benchmark/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct record_before *before;
	struct error err = {0};
	if (!before)
		before = must_alloc(1, sizeof *before);
	if (record_parse(slice_of(data, size), before, &err) == OK) {
		for (size_t i = 1; i < before->answered.count; i++)
			if (!before->answered.keys[i - 1] || before->settings.samples == 0)
				abort();
	}
	record_before_free(before);
	return 0;
}
