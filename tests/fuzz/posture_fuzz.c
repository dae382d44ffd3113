/* SPDX-License-Identifier: Apache-2.0 */
/* posture.ndjson as a whole. */
#include "tests/fuzz/fuzz_posture.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_posture.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	fuzz_read(&reader_posture, input);
	return 0;
}
