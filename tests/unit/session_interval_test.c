/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/session_state.h"

enum { FIRST = 1, LATER = 1000 };

static void nobody_can_wait_for_a_round(void **state)
{
	(void)state;
	const int64_t five = 5 * CLOCK_SECOND;
	assert_int_equal(session_interval(five, FIRST, 0), 2 * CLOCK_SECOND);
	assert_int_equal(session_interval(five, FIRST, UINT32_MAX), 8 * CLOCK_SECOND);
	assert_true(session_interval(five, FIRST, UINT32_MAX / 2) > session_interval(five, FIRST, UINT32_MAX / 4));
}

static void long_sessions_have_fewer_rounds(void **state)
{
	(void)state;
	const int64_t five = 5 * CLOCK_SECOND;
	assert_int_equal(session_interval(five, LATER, 0), 8 * CLOCK_SECOND);
	assert_int_equal(session_interval(five, LATER, UINT32_MAX), 32 * CLOCK_SECOND);
}

/* As long as an option may say: never in the past. */
static void the_longest_interval_stays_one(void **state)
{
	(void)state;
	const int64_t longest = INT64_MAX / 2;
	assert_true(session_interval(longest, FIRST, UINT32_MAX) > 0);
	assert_true(session_interval(longest, LATER, 0) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_can_wait_for_a_round),
		cmocka_unit_test(long_sessions_have_fewer_rounds),
		cmocka_unit_test(the_longest_interval_stays_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
