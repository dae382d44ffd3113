/* SPDX-License-Identifier: Apache-2.0 */
/* What an audit knew of the last ones, into rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_audit.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "sniff");
	fuzz_read(&reader_audit, input);
	return 0;
}
