/* SPDX-License-Identifier: Apache-2.0 */
/* What nettop writes, read into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_nettop.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	fuzz_read(&reader_nettop, input);
	return 0;
}
