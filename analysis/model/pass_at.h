/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_PASS_AT_H
#define ANALYSIS_MODEL_PASS_AT_H

/*
 * pass@k: how likely one of k answers to a task is right (Chen et al. 2021, "Evaluating Large
 * Language Models Trained on Code", section 2.1).
 */

#include <stdint.h>

/* From `passed` of `samples` answers, without bias: 1 - C(samples - passed, k) / C(samples, k),
 * as a product whose factors all lie between 0 and 1. 1 <= k <= samples, passed <= samples. */
double pass_at(uint32_t samples, uint32_t passed, uint32_t k);

#endif
