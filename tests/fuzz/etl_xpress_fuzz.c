/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/xpress.h"
#include "tests/fuzz/fuzz_unpack.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	fuzz_unpack(xpress_unpack, slice_of(data, size));
	return 0;
}
