/* SPDX-License-Identifier: Apache-2.0 */
#include "core/carry.h"

#include "tests/unit/test.h"

static void test_carry(void **state)
{
	static const struct {
		const char *text, *means; /* NULL: refused */
	} cases[] = {
		{"11434", "127.0.0.1:11434"},
		{"127.0.0.1:8080", "127.0.0.1:8080"},
		{"127.0.0.53:53", "127.0.0.53:53"},
		{"[::1]:65535", "[::1]:65535"},
		{"0", NULL},
		{"65536", NULL},
		{"", NULL},
		{":80", NULL},
		{"192.0.2.1:80", NULL},
		{"0.0.0.0:80", NULL},
		{"[::]:80", NULL},
		{"[2001:db8::1]:80", NULL},
		{"localhost:80", NULL},
		{"80/tcp", NULL},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct carry c = {0};
		struct error err = {0};
		char text[CARRY_TEXT_MAX];
		enum status status = carry_parse(slice_of_string(cases[i].text), &c, &err);
		assert_int_equal(status, cases[i].means ? OK : ERR_USAGE);
		if (status)
			continue;
		carry_text(&c, text);
		assert_string_equal(text, cases[i].means);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_carry)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
