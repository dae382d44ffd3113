/* SPDX-License-Identifier: Apache-2.0 */
/* Settings in JSON, YAML and TOML. */
#include "tests/fuzz/fuzz_posture.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static posture_fn *const parsers[] = {posture_json, posture_yaml, posture_toml};
	fuzz_one_of(parsers, LENGTH(parsers), slice_of(data, size));
	return 0;
}
