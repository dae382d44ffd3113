/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HTML_FLEET_H
#define REPORT_HTML_FLEET_H

/*
 * Pictures of many hosts in the page.
 */

#include "report/fleet.h"
#include "report/html.h"

/* Hosts down, nights across, a letter for each verdict. */
enum status html_nights_write(struct html *h, const struct fleet *f, struct error *err) MUST_CHECK;

/* For each night how many hosts had which verdict. */
void html_nights_trend(struct html *h, const struct fleet *f);

#endif
