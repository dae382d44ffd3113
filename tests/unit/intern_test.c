/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/intern.h"

#include <stdio.h>

static void the_same_text_has_the_same_number(void **state)
{
	(void)state;
	struct intern *t = intern_new(1 << 20);
	assert_int_equal(intern_add(t, SLICE("tcp")), 0);
	assert_int_equal(intern_add(t, SLICE("")), 1);
	assert_int_equal(intern_add(t, SLICE("udp")), 2);
	assert_int_equal(intern_add(t, SLICE("tcp")), 0);
	assert_int_equal(intern_find(t, SLICE("")), 1);
	assert_true(intern_find(t, SLICE("tc")) == INTERN_NONE);
	assert_int_equal(intern_count(t), 3);
	assert_string_equal(intern_text(t, 2), "udp");
	assert_string_equal(intern_text(t, 3), "");
	intern_free(t);
}

static void many_are_found_again(void **state)
{
	(void)state;
	enum { MANY = 20000 };
	struct intern *t = intern_new(1 << 24);
	char text[32];
	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "192.0.2.%u", i);
		assert_int_equal(intern_add(t, slice_of_string(text)), i);
	}
	for (uint32_t i = 0; i < MANY; i += 7) {
		snprintf(text, sizeof text, "192.0.2.%u", i);
		assert_int_equal(intern_find(t, slice_of_string(text)), i);
	}
	intern_free(t);
}

static void past_its_maximum_nothing_goes_in(void **state)
{
	(void)state;
	struct intern *t = intern_new(8);
	assert_int_equal(intern_add(t, SLICE("abc")), 0);
	assert_true(intern_add(t, SLICE("abcdefgh")) == INTERN_NONE);
	assert_int_equal(intern_add(t, SLICE("def")), 1);
	assert_int_equal(intern_add(t, SLICE("abc")), 0);
	assert_int_equal(intern_count(t), 2);
	intern_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_text_has_the_same_number),
		cmocka_unit_test(many_are_found_again),
		cmocka_unit_test(past_its_maximum_nothing_goes_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
