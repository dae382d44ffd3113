/* SPDX-License-Identifier: Apache-2.0 */
/* A whole event trace, and into a store. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	fuzz_read(&reader_etl, slice_of(data, size));
	return 0;
}
