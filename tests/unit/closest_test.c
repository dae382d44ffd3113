/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/closest.h"

static void slips(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		unsigned wanted;
	} cases[] = {
		{"session", "session", 0},
		{"sesion", "session", 1},
		{"sessions", "session", 1},
		{"sessino", "session", 1}, /* two swapped */
		{"sesin", "session", 2},
		{"--tierr", "--tier", 1},
		{"status", "session", CLOSEST_NONE},
		{"ls", "list", CLOSEST_NONE}, /* of so short a word half is another */
		{"x", "", CLOSEST_NONE},
		{"", "", 0},
		{"--a-word-that-is-longer-than-any-option-has", "--a-word-that-is-longer-than-any-option-has", CLOSEST_NONE},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(closest_distance(slice_of_string(cases[i].a), slice_of_string(cases[i].b)), cases[i].wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
