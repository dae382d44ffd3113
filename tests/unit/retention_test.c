/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "report/retention.h"

static void the_same_day_years_later(void **state)
{
	static const struct {
		const char *from;
		unsigned years;
		const char *until;
	} cases[] = {
		{"2026-11-28T23:59:59Z", 6, "2032-11-28"}, {"2024-02-29T12:00:00Z", 6, "2030-03-01"},
		{"2024-02-29T12:00:00Z", 4, "2028-02-29"}, {"2026-12-31T23:59:59.9Z", 1, "2027-12-31"},
		{"2027-01-01T00:00:00Z", 100, "2127-01-01"}, {"2150-01-01T00:00:00Z", 100, ""},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t ns;
		char until[RETENTION_TEXT_MAX];
		assert_true(clock_parse(slice_of_string(cases[i].from), &ns));
		retention_until(ns, cases[i].years, until);
		assert_string_equal(until, cases[i].until);
	}
	char until[RETENTION_TEXT_MAX];
	retention_until(0, 6, until);
	assert_string_equal(until, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_day_years_later)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
