/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_MARK_H
#define REPORT_CHART_MARK_H

/*
 * The marks of the timeline: for each kind of destination a colour and a shape, so
 * that either alone tells them apart.
 */

#include "report/page.h"

/* In the order of drawing: the worst comes last and lies on top. */
enum chart_place {
	PLACE_LOCAL,
	PLACE_LINK_LOCAL,
	PLACE_MULTICAST,
	PLACE_PRIVATE,
	PLACE_UNKNOWN,
	PLACE_PUBLIC,
	PLACE_COUNT
};

/* The place of a destination class; PLACE_UNKNOWN for what has none. */
enum chart_place chart_place_of(struct slice class);

/* One mark for `count` attempts (> 0), larger for more. */
void chart_mark_draw(struct page *p, enum chart_place place, double x, double y, int64_t count);

/* One line with every mark and its word, at the pen. */
void chart_mark_legend(struct page *p);

#endif
