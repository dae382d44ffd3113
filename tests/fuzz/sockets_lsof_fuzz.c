/* SPDX-License-Identifier: Apache-2.0 */
/* The files that lsof lists in columns, read into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_lsof.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	fuzz_read(&reader_lsof, input);
	return 0;
}
