/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_NIGHTS_H
#define REPORT_CHART_NIGHTS_H

/*
 * Nights of many hosts: a field for each, with the letter of its verdict.
 */

#include "report/fleet.h"
#include "report/page.h"

enum {
	CHART_NIGHTS_COLUMNS = 35, /* days of a block */
	CHART_NIGHTS_BLOCKS = 13,  /* the last ones are drawn: 455 days */
	CHART_NIGHTS_HOSTS = 300,  /* of a block, the worst */
	CHART_NIGHTS_DAY = 11,	   /* bytes of a day's text */
	CHART_NIGHTS_YEAR = 5,	   /* of them the year, which a head leaves out */
};

/* The letter of a verdict: P, F, I. */
char chart_nights_letter(const char *verdict);

/* The days of a block, from 0 on, in days since 1970; and how many blocks there are. */
int64_t chart_nights_blocks(const struct fleet *f);
void chart_nights_span(const struct fleet *f, int64_t block, int64_t *ret_first, int64_t *ret_count);

/* "2026-11-28" */
void chart_nights_day(int64_t day, char ret[static CHART_NIGHTS_DAY]);

/* Hosts down, days across; a block after the other, each over as many pages as it takes. */
void chart_nights_draw(struct page *p, const struct fleet *f);

/* For each night how many hosts had which verdict, one above the other. */
void chart_nights_trend(struct page *p, const struct fleet *f);

#endif
