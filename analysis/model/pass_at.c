/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/pass_at.h"

double pass_at(uint32_t samples, uint32_t passed, uint32_t k)
{
	uint32_t failed = samples - passed;
	double none = 1;
	if (failed < k)
		return 1;
	/* the shorter one of two products that are the same */
	if (k < passed) {
		for (uint32_t i = 0; i < k; i++)
			none *= (double)(failed - i) / (double)(samples - i);
	} else {
		for (uint32_t i = failed + 1; i <= samples; i++)
			none *= 1 - (double)k / (double)i;
	}
	return 1 - none;
}
