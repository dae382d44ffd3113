/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/command.h"

static void each_is_found_by_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++)
		assert_ptr_equal(command_find(commands[i]->name), commands[i]);
	assert_null(command_find(""));
	assert_null(command_find("Session"));
}

static void what_may_be_meant_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *name, *why;
	} cases[] = {
		{"sesion", "no command is called sesion; is it session?"},
		{"Verify", "is it verify?"},
		{"crosschekc", "is it crosscheck?"},
		{"launch", "no command is called launch (see airgap-verify --help)"},
		{"--json", "a command comes first"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		assert_int_equal(command_unknown(cases[i].name, &err), ERR_USAGE);
		assert_contains(err.text, cases[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found_by_its_name),
		cmocka_unit_test(what_may_be_meant_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
