/* SPDX-License-Identifier: Apache-2.0 */
/* What earlier sessions are said to have found, into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_past.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "sniff");
	fuzz_read(&reader_past, input);
	return 0;
}
