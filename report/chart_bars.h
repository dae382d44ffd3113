/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_BARS_H
#define REPORT_CHART_BARS_H

#include "report/pdf.h"

enum { CHART_BARS_MAX = 12 };

struct chart_bars {
	const char *title, *none; /* none: what is said where there is no row */
	enum query query;         /* of two columns: a name, a number */
	void (*add_name)(struct text *t, struct slice name); /* in words */
};

/* Draws a bar for each row, with its name before and its number behind it, under the title;
 * at most CHART_BARS_MAX, then how many more there are. */
enum status chart_bars_draw(struct pdf *d, const struct chart_bars *bars, struct error *err) MUST_CHECK;

#endif
