/* SPDX-License-Identifier: Apache-2.0 */
/* What is read as a signature is the one spelling of what was read. */
/* The source itself: no program of this system has use for it. */
#include "core/windows/signature.c"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	unsigned char pair[SIGNATURE_PAIR_SIZE], der[KEY_SIGNATURE_MAX];
	if (!signature_from_der(slice_of(data, size), pair))
		return 0;
	if (signature_to_der(pair, der) != size || memcmp(der, data, size) != 0)
		abort();
	return 0;
}
