/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_AXIS_H
#define REPORT_CHART_AXIS_H

/*
 * The time axis that the charts share: labels on the left, then the window of the
 * session cut into equal bins.
 */

#include "report/facts.h"
#include "report/page.h"

enum { CHART_BINS = 190, CHART_LABEL = 125, CHART_TICKS_MAX = 8 };

struct chart_axis {
	int64_t from_ns, length_ns; /* length > 0 */
	double x, width;
};

/* The window alone, without a place on a page. */
struct chart_axis chart_axis_over(const struct facts *f);

struct chart_axis chart_axis_of(const struct page *p, const struct facts *f);

/* Left edge of a bin; chart_axis_x(a, CHART_BINS) is the end of the axis. */
double chart_axis_x(const struct chart_axis *a, int bin);

/* The bin a time falls into; what is outside goes to the nearest. */
int chart_axis_bin(const struct chart_axis *a, int64_t ns);

/* Draws line and ticks at the pen and moves it down. */
void chart_axis_draw(struct page *p, const struct chart_axis *a);

#endif
