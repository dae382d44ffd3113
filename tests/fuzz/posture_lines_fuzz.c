/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of lines: environment, units, listeners, routes, preferences. */
#include "tests/fuzz/fuzz_posture.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static posture_fn *const parsers[] = {posture_assign, posture_words, posture_prefs, posture_addresses,
						posture_route4, posture_route6, posture_listeners, posture_hosts};
	fuzz_one_of(parsers, LENGTH(parsers), slice_of(data, size));
	return 0;
}
