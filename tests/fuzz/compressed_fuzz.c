/* SPDX-License-Identifier: Apache-2.0 */
/* A packed file; of what comes out some megabytes are enough. */
#include "ingest/input.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	enum { UNPACKED_MAX = 4 << 20 };
	AUTO_INPUT struct input in = {.fd = -1};
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	uint64_t bytes = 0;
	input_over(slice_of(data, size), "fuzz", &in);
	if (input_skip(&in, UNPACKED_MAX) == UNPACKED_MAX)
		return 0; /* a bomb */
	if (input_finish(&in, &bytes, digest, NULL) || bytes != size)
		abort();
	hash_bytes(slice_of(data, size), wanted);
	for (size_t i = 0; i < HASH_SIZE; i++)
		if (digest[i] != wanted[i])
			abort();
	return 0;
}
