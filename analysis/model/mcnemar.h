/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_MCNEMAR_H
#define ANALYSIS_MODEL_MCNEMAR_H

/*
 * McNemar's test (1947), exact: two models on the same tasks differ where one passed and the
 * other did not. If they are equally good, each such task is a toss of a coin.
 */

#include <stdint.h>

struct mcnemar {
	double exact; /* two-sided */
	double mid;   /* two-sided, with half of what was seen: nearer to its level, rarely past it */
};

/* `only_a` tasks passed by the one alone, `only_b` by the other. 1 and 1 where there is none. */
struct mcnemar mcnemar(uint32_t only_a, uint32_t only_b);

#endif
