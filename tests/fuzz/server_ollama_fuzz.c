/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fuzz/fuzz_stream.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	stream_check(SERVER_OLLAMA, slice_of(data, size));
	return 0;
}
