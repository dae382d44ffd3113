/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/task_ini.h"

static enum status parse(enum task_suite suite, const char *text, struct task *ret, struct error *err)
{
	*ret = (struct task){.suite = suite};
	*err = (struct error){0};
	return task_ini_parse(slice_of_string(text), ret, err);
}

static void refuse(enum task_suite suite, const char *text, const char *why)
{
	struct task t;
	struct error err;
	enum status status = parse(suite, text, &t, &err);
	if (status != ERR_CONFIG || !strstr(err.text, why))
		print_error("\"%s\": \"%s\", wanted \"%s\"\n", text, err.text, why);
	assert_int_equal(status, ERR_CONFIG);
	assert_contains(err.text, why);
}

static void all_of_it(void **state)
{
	(void)state;
	struct task t;
	struct error err;
	assert_int_equal(parse(TASK_REPAIR,
			       "\xef\xbb\xbf# a task\r\n[task]\r\n title = A ring, and its end\r\nlanguage=c\n"
			       "difficulty = hard\nanswer = src/ring.c\nvisible = test_visible.c\ntimeout = 2500ms",
			       &t, &err), OK);
	assert_string_equal(t.title, "A ring, and its end");
	assert_int_equal(t.language, TASK_C);
	assert_int_equal(t.difficulty, TASK_HARD);
	assert_string_equal(t.answer, "src/ring.c");
	assert_string_equal(t.visible, "test_visible.c");
	assert_int_equal(t.timeout_ms, 2500);
}

#define BEGIN "[task]\ntitle = t\nlanguage = python\ndifficulty = easy\n"

static void each_suite_needs_its_keys(void **state)
{
	(void)state;
	struct task t;
	struct error err;
	assert_int_equal(parse(TASK_COMPLETE, BEGIN "answer = a.py\n", &t, &err), OK);
	assert_int_equal(t.timeout_ms, 10000);
	assert_string_equal(t.visible, "");
	assert_int_equal(parse(TASK_EDIT, BEGIN, &t, &err), OK);
	assert_int_equal(parse(TASK_AGENT, BEGIN "visible = test_visible.py\n", &t, &err), OK);
	refuse(TASK_COMPLETE, BEGIN, "answer is missing");
	refuse(TASK_REPAIR, BEGIN "answer = a.py\n", "visible is missing");
	refuse(TASK_EDIT, BEGIN "answer = a.py\n", "leave out the key answer");
	refuse(TASK_AGENT, BEGIN, "visible is missing");
	refuse(TASK_EDIT, "[task]\nlanguage = c\ndifficulty = easy\n", "title is missing");
	refuse(TASK_EDIT, "[task]\ntitle = t\ndifficulty = easy\n", "language is missing");
	refuse(TASK_EDIT, "[task]\ntitle = t\nlanguage = c\n", "difficulty is missing");
	refuse(TASK_EDIT, "", "title is missing");
}

static void what_is_not_understood_is_an_error(void **state)
{
	(void)state;
	refuse(TASK_EDIT, BEGIN "colour = red\n", "line 5: unknown key \"colour\"");
	refuse(TASK_EDIT, BEGIN "title = again\n", "line 5: title is given twice");
	refuse(TASK_EDIT, "title = t\n", "line 1: title stands before [task]");
	refuse(TASK_EDIT, BEGIN "[task]\n", "line 5: there is one section");
	refuse(TASK_EDIT, "[tasks]\n", "line 1: there is one section");
	refuse(TASK_EDIT, BEGIN "nonsense\n", "line 5: neither [task] nor key = value");
	refuse(TASK_EDIT, "[task]\nlanguage = ruby\n", "line 2: language (python, c, javascript, shell): \"ruby\"");
	refuse(TASK_EDIT, "[task]\nlanguage =\n", "language");
	refuse(TASK_EDIT, "[task]\ndifficulty = Easy\n", "difficulty (easy, middle, hard): \"Easy\"");
	refuse(TASK_EDIT, "[task]\ntitle =\n", "a title has");
	refuse(TASK_EDIT, "[task]\ntitle = a\x01z\n", "a control character");
	refuse(TASK_COMPLETE, "[task]\nanswer = ../a.py\n", "line 2: answer");
	refuse(TASK_COMPLETE, "[task]\nanswer =\n", "line 2: answer");
	refuse(TASK_AGENT, "[task]\nvisible = tests.py\n", "test_visible.py");
	refuse(TASK_AGENT, "[task]\nvisible = test_visible.py/../x\n", "visible");
	refuse(TASK_EDIT, "[task]\ntimeout = 10\n", "timeout takes a time");
	refuse(TASK_EDIT, "[task]\ntimeout = 0s\n", "100ms to 10m");
	refuse(TASK_EDIT, "[task]\ntimeout = 11m\n", "100ms to 10m");
	refuse(TASK_EDIT, "[task]\ntimeout = -1s\n", "timeout takes a time");
}

static void long_lines_are_not_cut(void **state)
{
	(void)state;
	char text[1024] = "[task]\ntitle = ", title[600];
	memset(title, 't', sizeof title);
	title[sizeof title - 1] = 0;
	memcpy(text + strlen(text), title, sizeof title);
	refuse(TASK_EDIT, text, "line 2: ");
	text[strlen("[task]\ntitle = ") + TASK_ID_MAX] = 0;
	refuse(TASK_EDIT, text, "a title has 1 to 127 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it),
		cmocka_unit_test(each_suite_needs_its_keys),
		cmocka_unit_test(what_is_not_understood_is_an_error),
		cmocka_unit_test(long_lines_are_not_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
