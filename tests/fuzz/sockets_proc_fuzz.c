/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of /proc/net, read into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_proc_net.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	fuzz_read(&reader_proc_net, input);
	return 0;
}
