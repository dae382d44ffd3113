/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_BENCH_H
#define REPORT_CHART_BENCH_H

/*
 * The charts of a benchmark of models, at the pen.
 */

#include "report/pdf.h"

/* For each suite the models by tier, each with its share of right answers and the interval;
 * dashed is what the policy wants. */
enum status chart_shares(struct pdf *d, struct error *err) MUST_CHECK;

/* All suites together: quality against speed, and beside it against graphics memory. A model
 * of which one is not known is missing there. */
enum status chart_qualities(struct pdf *d, struct error *err) MUST_CHECK;

/* Blue, told from black and grey by any eye. */
extern const struct page_colour chart_bench_ink;

#endif
