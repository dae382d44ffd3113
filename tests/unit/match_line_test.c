/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "analysis/match_line.h"
#include "core/clock.h"

enum { MANY = 100 };

static const int64_t tolerance = CLOCK_SECOND;

/* One a minute; every fourth one lies anywhere. */
static void fill(struct match_point points[], size_t count, int64_t offset_ns, int64_t ppb, bool wrong)
{
	for (size_t i = 0; i < count; i++) {
		int64_t at = (int64_t)i * 60 * CLOCK_SECOND;
		points[i] = (struct match_point){1700000000 * CLOCK_SECOND + at, offset_ns + at / CLOCK_SECOND * ppb};
		if (wrong && i % 4 == 1)
			points[i].off_ns = (int64_t)(i * 7919 % 1000) * CLOCK_SECOND;
	}
}

static void a_constant_offset(void **state)
{
	(void)state;
	struct match_point points[MANY];
	fill(points, MANY, 7200 * CLOCK_SECOND, 0, true);
	struct match_line l = match_line_fit(points, MANY, tolerance);
	assert_int_equal(l.offset_ns, 7200 * CLOCK_SECOND);
	assert_int_equal(l.drift_ppb, 0);
	assert_int_equal(l.near, 75);
}

static void a_drift_in_spite_of_wrong_points(void **state)
{
	(void)state;
	struct match_point points[MANY];
	fill(points, MANY, -5 * CLOCK_SECOND, 1000000, true);
	struct match_line l = match_line_fit(points, MANY, tolerance);
	assert_true(llabs(l.drift_ppb - 1000000) < 20000);
	assert_true(l.near >= 75);
	struct match_point last = {points[0].at_ns + 3600 * CLOCK_SECOND, -5 * CLOCK_SECOND + 3600 * INT64_C(1000000)};
	assert_true(llabs(match_line_rest(&l, &last)) < 200 * CLOCK_MILLISECOND);
}

/* Few points, and seconds that were cut off, are no drift. */
static void what_is_no_drift(void **state)
{
	(void)state;
	struct match_point points[MANY];
	fill(points, 7, 0, 1000000, false);
	assert_int_equal(match_line_fit(points, 7, tolerance).drift_ppb, 0);
	fill(points, MANY, 0, 0, false);
	for (size_t i = 0; i < MANY; i++)
		points[i].off_ns = -(int64_t)(i * 7919 % 1000) * CLOCK_MILLISECOND;
	struct match_line l = match_line_fit(points, MANY, tolerance);
	assert_int_equal(l.drift_ppb, 0);
	assert_true(llabs(l.offset_ns + 500 * CLOCK_MILLISECOND) < 50 * CLOCK_MILLISECOND);
	/* faster than any clock goes wrong */
	fill(points, MANY, 0, 500000000, false);
	assert_int_equal(match_line_fit(points, MANY, tolerance).drift_ppb, 0);
}

static void one_point(void **state)
{
	(void)state;
	const struct match_point p = {CLOCK_SECOND, 5};
	struct match_line l = match_line_fit(&p, 1, tolerance);
	assert_int_equal(l.offset_ns, 5);
	assert_int_equal(l.near, 1);
	assert_int_equal(match_median(NULL, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_constant_offset),
		cmocka_unit_test(a_drift_in_spite_of_wrong_points),
		cmocka_unit_test(what_is_no_drift),
		cmocka_unit_test(one_point),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
