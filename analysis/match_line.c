/* SPDX-License-Identifier: Apache-2.0 */
/*
 * P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau" (1968).
 */
#include "analysis/match_line.h"

#include "core/clock.h"
#include "core/error.h"

#include <stdlib.h>

enum { DRIFT_POINTS_MIN = 8, DRIFT_PPB_MAX = 50000000 /* 5 percent: past it, nothing is a clock */ };

static int by_value(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

int64_t match_median(int64_t values[], size_t count)
{
	if (count == 0)
		return 0;
	qsort(values, count, sizeof *values, by_value);
	return values[count / 2];
}

/* What a clock that is `ppb` too fast gains in a time. */
static int64_t gain(int64_t time_ns, int64_t ppb)
{
	return time_ns / CLOCK_SECOND * ppb + time_ns % CLOCK_SECOND * ppb / CLOCK_SECOND;
}

int64_t match_line_rest(const struct match_line *l, const struct match_point *p)
{
	return p->off_ns - l->offset_ns - gain(p->at_ns - l->origin_ns, l->drift_ppb);
}

static int64_t find_drift(const struct match_point points[], size_t count)
{
	size_t step = (count + MATCH_SLOPE_POINTS_MAX - 1) / MATCH_SLOPE_POINTS_MAX, n = 0;
	int64_t *slopes = must_alloc((size_t)MATCH_SLOPE_POINTS_MAX * MATCH_SLOPE_POINTS_MAX / 2, sizeof *slopes);
	for (size_t i = 0; i < count; i += step)
		for (size_t k = i + step; k < count; k += step) {
			int64_t time = points[k].at_ns - points[i].at_ns;
			int64_t more = points[k].off_ns - points[i].off_ns;
			if (time >= CLOCK_SECOND)
				slopes[n++] = (int64_t)((double)more / (double)time * 1e9);
		}
	int64_t drift = match_median(slopes, n);
	free(slopes);
	return drift > DRIFT_PPB_MAX || drift < -DRIFT_PPB_MAX ? 0 : drift;
}

static void fit_offset(struct match_line *l, const struct match_point points[], size_t count, int64_t tolerance_ns)
{
	int64_t *rest = must_alloc(count, sizeof *rest);
	l->offset_ns = 0;
	for (size_t i = 0; i < count; i++)
		rest[i] = match_line_rest(l, &points[i]);
	l->offset_ns = match_median(rest, count);
	l->near = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t one = match_line_rest(l, &points[i]);
		rest[i] = one < 0 ? -one : one;
		l->near += rest[i] <= tolerance_ns;
	}
	l->spread_ns = match_median(rest, count);
	free(rest);
}

struct match_line match_line_fit(const struct match_point points[], size_t count, int64_t tolerance_ns)
{
	struct match_line flat = {.origin_ns = points[0].at_ns}, sloped = flat;
	fit_offset(&flat, points, count, tolerance_ns);
	if (count < DRIFT_POINTS_MIN)
		return flat;
	sloped.drift_ppb = find_drift(points, count);
	fit_offset(&sloped, points, count, tolerance_ns);
	return sloped.near >= flat.near && sloped.spread_ns < flat.spread_ns / 2 ? sloped : flat;
}
