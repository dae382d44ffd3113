/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_BARS_H
#define REPORT_CHART_BARS_H

#include "report/pdf.h"

enum { CHART_BARS_MAX = 12 };

struct chart_bars {
	const char *title, *none; /* none: what is said where there is no row */
	void (*add_name)(struct text *t, struct slice name); /* in words */
};

/* Draws a bar for each row of a query of two columns, a name and a number; the name before
 * the bar and the number behind it, under the title. At most CHART_BARS_MAX, then how many
 * more there are. */
enum status chart_bars_draw(struct pdf *d, const struct chart_bars *bars, enum query query, struct error *err) MUST_CHECK;

/* The same for what is counted already: of `count` there are at least CHART_BARS_MAX or all. */
void chart_bars_draw_counts(struct pdf *d, const struct chart_bars *bars, const struct tally_count counts[], size_t count);

#endif
