/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FLEET_CHART_H
#define REPORT_FLEET_CHART_H

/*
 * The pictures in the PDF of many hosts. Form tells in each, colour only helps.
 */

#include "report/fleet_document.h"
#include "report/page.h"

/* Hosts down, nights across. */
void fleet_chart_nights(struct page *p, const struct fleet_document *d);

/* How many hosts ended each of the last nights with which verdict: a column a night. */
void fleet_chart_trend(struct page *p, const struct fleet_document *d);

#endif
