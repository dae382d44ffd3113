/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MATCH_LINE_H
#define ANALYSIS_MATCH_LINE_H

/*
 * A straight line through points of which some are wrong: the median of the slopes
 * between them (Theil-Sen), then of what is left. Up to 29 percent of the points may
 * lie anywhere.
 */

#include <stddef.h>
#include <stdint.h>

enum {
	MATCH_POINTS_MAX = 4096,
	MATCH_SLOPE_POINTS_MAX = 256, /* of which all pairs are looked at */
};

struct match_point {
	int64_t at_ns, off_ns;
};

struct match_line {
	int64_t origin_ns, offset_ns, drift_ppb, spread_ns;
	size_t near; /* points within the tolerance */
};

/* At most MATCH_POINTS_MAX points, at least one. A drift is taken where it halves what
 * is left over at least, of eight points or more. */
struct match_line match_line_fit(const struct match_point points[], size_t count, int64_t tolerance_ns);

/* Off the line: what a point is away from it. */
int64_t match_line_rest(const struct match_line *l, const struct match_point *p);

/* The middle one of the values, which it sorts; 0 of none. */
int64_t match_median(int64_t values[], size_t count);

#endif
