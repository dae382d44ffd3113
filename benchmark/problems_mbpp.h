/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_PROBLEMS_MBPP_H
#define BENCHMARK_PROBLEMS_MBPP_H

#include "benchmark/task.h"

/* What the figures of MBPP are published for: of the whole file the problems for testing,
 * and what each is continued from where it is not asked for. */
void problems_mbpp(struct tasks *t);

#endif
