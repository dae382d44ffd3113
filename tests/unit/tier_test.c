/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/tier.h"

static void names_are_read_back(void **state)
{
	(void)state;
	for (int i = 0; i < TIER_COUNT; i++) {
		enum watch_tier t = TIER_COUNT;
		assert_true(tier_parse(slice_of_string(tier_name((enum watch_tier)i)), &t));
		assert_int_equal(t, i);
		assert_non_null(strstr(TIER_WORDS, tier_name(t)));
	}
	enum watch_tier t = TIER_FULL;
	assert_false(tier_parse(SLICE("Full"), &t) || tier_parse(SLICE(""), &t) || tier_parse(SLICE("full "), &t));
	assert_int_equal(t, TIER_FULL);
}

static void an_option_goes_before_the_policy(void **state)
{
	struct error err = {0};
	enum watch_tier t;
	(void)state;
	assert_int_equal(tier_choose(NULL, TIER_AUTO, &t, &err), OK);
	assert_int_equal(t, TIER_AUTO);
	assert_int_equal(tier_choose("polling", TIER_FULL, &t, &err), OK);
	assert_int_equal(t, TIER_POLLING);
	assert_int_equal(tier_choose("best", TIER_FULL, &t, &err), ERR_USAGE);
	assert_contains(err.text, "auto, full, unprivileged or polling");
	/* root on its own behalf has nobody to watch */
	enum status wanted = getuid() == 0 && !getenv("SUDO_UID") ? ERR_USAGE : OK;
	assert_int_equal(tier_choose(NULL, TIER_UNPRIVILEGED, &t, &err), wanted);
}

static void the_best_that_works(void **state)
{
	static const struct {
		bool kernel, packets, seccomp;
		enum watch_tier wanted;
	} cases[] = {
		{true, true, true, TIER_FULL},		{true, true, false, TIER_FULL},
		{true, false, true, TIER_POLLING},	{false, false, true, TIER_UNPRIVILEGED},
		{false, true, false, TIER_POLLING},	{false, false, false, TIER_POLLING},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct collector_row rows[] = {{.name = "kernel", .works = cases[i].kernel},
					       {.name = "packets", .works = cases[i].packets},
					       {.name = "seccomp", .works = cases[i].seccomp}};
		assert_int_equal(tier_of(rows, LENGTH(rows)), cases[i].wanted);
		assert_non_null(tier_about(tier_of(rows, LENGTH(rows))));
	}
}

/* Who has the kernel witness misses nothing without seccomp, which root has never. */
static void what_a_tier_wants(void **state)
{
	(void)state;
	assert_false(tier_wants(TIER_FULL, "seccomp"));
	assert_true(tier_wants(TIER_FULL, "kernel"));
	assert_true(tier_wants(TIER_UNPRIVILEGED, "seccomp"));
	assert_true(tier_wants(TIER_POLLING, "seccomp"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_back),
		cmocka_unit_test(an_option_goes_before_the_policy),
		cmocka_unit_test(the_best_that_works),
		cmocka_unit_test(what_a_tier_wants),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
