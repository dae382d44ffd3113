/* SPDX-License-Identifier: Apache-2.0 */
/* A packed file; of what comes out some megabytes are enough. */
#include "ingest/input.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	enum { UNPACKED_MAX = 4 << 20 };
	AUTO_INPUT struct input in;
	input_over(slice_of(data, size), "fuzz", &in);
	uint64_t got = input_skip(&in, UNPACKED_MAX);
	if (got != in.offset || (got < UNPACKED_MAX && !in.at_end))
		abort();
	return 0;
}
