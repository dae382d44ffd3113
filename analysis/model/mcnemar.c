/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/mcnemar.h"

#include <math.h>

struct mcnemar mcnemar(uint32_t only_a, uint32_t only_b)
{
	uint32_t less = only_a < only_b ? only_a : only_b, n = only_a + only_b;
	double below = 0, seen = 0;
	/* of n tosses `i` of one side, by logarithms: n may be in the thousands */
	for (uint32_t i = 0; i <= less; i++) {
		below += seen;
		seen = exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) - n * log(2));
	}
	return (struct mcnemar){fmin(1, 2 * (below + seen)), fmin(1, 2 * below + seen)};
}
