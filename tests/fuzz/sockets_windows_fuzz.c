/* SPDX-License-Identifier: Apache-2.0 */
/* The table that netstat prints on Windows, read into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_netstat_windows.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	fuzz_read(&reader_netstat_windows, input);
	return 0;
}
