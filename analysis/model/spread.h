/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MODEL_SPREAD_H
#define ANALYSIS_MODEL_SPREAD_H

/*
 * What some measurements of the same thing have in common.
 */

#include <stdbool.h>
#include <stddef.h>

enum { SPREAD_MAX = 1024 }; /* measurements; others are left out */

struct measured {
	double at[SPREAD_MAX];
	size_t count;
};

/* NaN: there are too few to tell. */
struct spread {
	double mean;
	double sd;   /* of the measurements (over n - 1); two at least */
	double half; /* of the 95 % interval of the mean, by Student's t; two at least */
	double p95;
};

/* Adds a measurement. */
void spread_add(struct measured *m, double value);

/* p95 is the value that 95 % of the measurements do not exceed (`low` false) or do not fall
 * below (`low` true): the one at that rank, so for fewer than twenty the worst. Sorts them. */
struct spread spread_of(struct measured *m, bool low);

#endif
