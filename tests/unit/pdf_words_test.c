/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "report/chart_axis.h"
#include "report/chart_mark.h"
#include "report/pdf_words.h"

#include "core/clock.h"

static const int64_t noon = INT64_C(1795435200) * CLOCK_SECOND; /* 2026-11-23 12:00:00 UTC */

#define assert_added(t, call, wanted)                           \
	do {                                                    \
		text_clear(&(t));                               \
		call;                                           \
		assert_string_equal(text_string(&(t)), wanted); \
	} while (0)

static void numbers_are_grouped(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1000);
	assert_added(t, pdf_add_number(&t, 0), "0");
	assert_added(t, pdf_add_number(&t, 999), "999");
	assert_added(t, pdf_add_number(&t, 1000), "1,000");
	assert_added(t, pdf_add_number(&t, 1002003), "1,002,003");
	assert_added(t, pdf_add_number(&t, INT64_MAX), "9,223,372,036,854,775,807");
	assert_added(t, pdf_add_number(&t, -5), "-5");
	assert_added(t, pdf_add_count(&t, 1, "record", "records"), "1 record");
	assert_added(t, pdf_add_count(&t, 0, "record", "records"), "0 records");
}

static void times_are_utc(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1000);
	assert_added(t, pdf_add_time(&t, 0), "not known");
	assert_added(t, pdf_add_time(&t, noon), "2026-11-23 12:00:00 UTC");
	assert_added(t, pdf_add_clock(&t, noon + 1500000, noon), "12:00:00.001");
	assert_added(t, pdf_add_clock(&t, noon + 86400 * CLOCK_SECOND, noon),
		     "2026-11-24 12:00:00.000");
	assert_added(t, pdf_add_duration(&t, 0), "0.000 s");
	assert_added(t, pdf_add_duration(&t, 59999999999), "59.999 s");
	assert_added(t, pdf_add_duration(&t, 60 * CLOCK_SECOND), "1 min 0 s");
	assert_added(t, pdf_add_duration(&t, 90061 * CLOCK_SECOND), "1 d 1 h 1 min 1 s");
}

static void words_stand_for_names(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1000);
	assert_added(t, pdf_add_class(&t, SLICE("link_local")), "link-local");
	assert_added(t, pdf_add_class(&t, slice_of(NULL, 0)), "not known");
	assert_added(t, pdf_add_vector(&t, SLICE("webview")), "WebView");
	assert_added(t, pdf_add_vector(&t, slice_of(NULL, 0)), "unclassified");
	assert_added(t, pdf_add_vector(&t, SLICE("new\x07")), "new\\x07");
}

static void endpoints_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *wanted;
	} cases[] = {
		{"SELECT '192.0.2.1', 443", "192.0.2.1:443"},
		{"SELECT '2001:db8::1', 443", "[2001:db8::1]:443"},
		{"SELECT '2001:db8::1', NULL", "2001:db8::1"},
		{"SELECT '/run/x', NULL", "/run/x"},
		{"SELECT NULL, 443", "not known"},
		{"SELECT '', 443", "not known"},
	};
	sqlite3 *db = NULL;
	AUTO_TEXT struct text t = text_make(1000);
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		sqlite3_stmt *q = NULL;
		assert_int_equal(sqlite3_prepare_v2(db, cases[i].sql, -1, &q, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_step(q), SQLITE_ROW);
		assert_added(t, pdf_add_endpoint(&t, q, 0, 1), cases[i].wanted);
		sqlite3_finalize(q);
	}
	sqlite3_close(db);
}

/* What does not happen in the window goes to its ends, whatever the clock said. */
static void bins_stay_on_the_axis(void **state)
{
	(void)state;
	const struct page page = {.x = PAGE_LEFT, .width = 505};
	struct facts facts = {.from_ns = noon, .to_ns = noon + 90 * CLOCK_SECOND};
	struct chart_axis a = chart_axis_of(&page, &facts);
	assert_int_equal(chart_axis_bin(&a, 0), 0);
	assert_int_equal(chart_axis_bin(&a, INT64_MIN), 0);
	assert_int_equal(chart_axis_bin(&a, noon), 0);
	assert_int_equal(chart_axis_bin(&a, noon + 45 * CLOCK_SECOND), CHART_BINS / 2 - 1);
	assert_int_equal(chart_axis_bin(&a, noon + 90 * CLOCK_SECOND), CHART_BINS - 1);
	assert_int_equal(chart_axis_bin(&a, INT64_MAX), CHART_BINS - 1);
	facts.to_ns = noon - 5; /* a clock that was set back */
	a = chart_axis_of(&page, &facts);
	assert_true(a.length_ns > 0);
	facts = (struct facts){0};
	a = chart_axis_of(&page, &facts);
	assert_int_equal(chart_axis_bin(&a, noon), CHART_BINS - 1);
}

static void places_follow_the_classes(void **state)
{
	(void)state;
	assert_int_equal(chart_place_of(SLICE("loopback")), PLACE_LOCAL);
	assert_int_equal(chart_place_of(SLICE("unix")), PLACE_LOCAL);
	assert_int_equal(chart_place_of(SLICE("public")), PLACE_PUBLIC);
	assert_int_equal(chart_place_of(slice_of(NULL, 0)), PLACE_UNKNOWN);
	assert_int_equal(chart_place_of(SLICE("something new")), PLACE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_grouped),
		cmocka_unit_test(times_are_utc),
		cmocka_unit_test(words_stand_for_names),
		cmocka_unit_test(endpoints_are_told_apart),
		cmocka_unit_test(bins_stay_on_the_axis),
		cmocka_unit_test(places_follow_the_classes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
