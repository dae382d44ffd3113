/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_PAST_H
#define REPORT_CHART_PAST_H

#include "report/page.h"
#include "report/past_rows.h"

/* Draws a column for each session: how many attempts to leave, which verdict, how much was
 * seen. There is at least one. */
void chart_past_draw(struct page *p, const struct past_rows *rows);

#endif
