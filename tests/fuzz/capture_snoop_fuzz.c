/* SPDX-License-Identifier: Apache-2.0 */
/* A whole capture file of Solaris, through every layer and up to its rows. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	fuzz_decode(&reader_snoop, slice_of(data, size));
	return 0;
}
