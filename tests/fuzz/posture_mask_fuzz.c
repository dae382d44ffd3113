/* SPDX-License-Identifier: Apache-2.0 */
/* The source itself: the fuzzing library is made of the verifying side only. */
#include "collectors/linux/posture_mask.c"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	AUTO_TEXT struct text out = text_make(16 << 20);
	posture_mask(slice_of(data, size), &out);
	if (size <= 1 << 20 && out.overflow)
		__builtin_trap(); /* no byte becomes more than a mask */
	text_clear(&out);
	posture_keep_variables(slice_of(data, size), &out);
	return 0;
}
