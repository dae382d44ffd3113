/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/logs.h"
#include "cli/policy_file.h"
#include "core/auto.h"

#include <stdio.h>

static enum status load(const struct scratch *s, const char *name, struct error *err)
{
	char path[256];
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	snprintf(path, sizeof path, "%s/%s", s->path, name);
	return policy_file_load(path, &text, policy, err);
}

static void what_is_wrong_has_its_place(void **state)
{
	const struct scratch *s = *state;
	struct error err = {0};
	scratch_put(s, "good.ini", SLICE("[audit]\nevery = 6h\n"));
	scratch_put(s, "bad.ini", SLICE("[policy]\nnonsense = 1\n"));
	scratch_put(s, "nul.ini", SLICE("[policy]\0\n"));
	assert_int_equal(load(s, "good.ini", &err), OK);
	assert_int_equal(load(s, "bad.ini", &err), ERR_CONFIG);
	assert_contains(err.text, "/bad.ini: line 2: ");
	assert_null(strstr(err.text, "--policy"));
	assert_int_equal(load(s, "nul.ini", &err), ERR_CONFIG);
	assert_int_equal(load(s, "none.ini", &err), ERR_NO_INPUT);
	assert_int_equal(strncmp(err.text, "--policy: /", 11), 0); /* of many files on a command line it is this one */
}

/* So it is with the other files that a command line names. */
static void each_names_its_option(void **state)
{
	(void)state;
	struct error err = {0};
	const struct argument_list none = {.at = {"/nonexistent/file"}, .count = 1};
	const struct log_options options = {.descriptions = none};
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	AUTO_LOGS struct logs logs = {0};
	assert_int_equal(endpoint_files_load(&none, &rules, &err), ERR_NO_INPUT);
	assert_contains(err.text, "--endpoints: /nonexistent/file");
	assert_int_equal(control_files_load(&none, &controls, &err), ERR_NO_INPUT);
	assert_contains(err.text, "--controls: /nonexistent/file");
	assert_int_equal(logs_load(&options, &logs, &err), ERR_NO_INPUT);
	assert_contains(err.text, "--log-description: /nonexistent/file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_is_wrong_has_its_place),
		cmocka_unit_test(each_names_its_option),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
