/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/double_task.h"

#include "benchmark/judge_run.h"

static struct verdict_of_run judge(const struct task *t, const char *path, const char *answer)
{
	struct task_files files = {0};
	struct verdict_of_run v;
	struct error err = {0};
	files_add(&files, path, slice_of_string(answer));
	enum status status = judge_answer(confined, t, &files, &v, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	files_free(&files);
	return v;
}

static void check(const struct task *t, const char *answer, enum outcome wanted, const char *says)
{
	struct verdict_of_run v = judge(t, t->answer, answer);
	if (v.outcome != wanted || !strstr(v.detail, says))
		print_error("%s: %s (%s)\n", answer, outcome_name(v.outcome), v.detail);
	assert_int_equal(v.outcome, wanted);
	assert_contains(v.detail, says);
}

static void every_language_is_judged(void **state)
{
	(void)state;
	static const char *const crashes[] = {"IndexError", "signal 11", "Cannot read properties", "signal 11"};
	static const char *const broken[] = {"SyntaxError", "error:", "SyntaxError", "syntax error"};
	for (size_t i = 0; i < LENGTH(double_languages); i++) {
		struct task t;
		const struct language *l = &double_languages[i];
		double_task(l, &t);
		check(&t, l->right, OUTCOME_PASSED, "");
		check(&t, l->wrong, OUTCOME_FAILED, "line 1: 1, wanted 2");
		check(&t, l->crashes, OUTCOME_CRASHED, l->language == TASK_JAVASCRIPT ? "" : crashes[i]);
		check(&t, l->broken, OUTCOME_SYNTAX_ERROR, l->language == TASK_JAVASCRIPT ? "" : broken[i]);
		t.timeout_ms = 1500;
		check(&t, l->endless, OUTCOME_TIMEOUT, "time ran out");
		double_end(&t);
	}
}

static void the_visible_test_is_run(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(double_languages); i++) {
		struct task t;
		const struct language *l = &double_languages[i];
		struct error err = {0};
		double_task(l, &t);
		for (int right = 0; right < 2; right++) {
			struct task_files files = {0};
			struct text seen = text_make(1 << 16);
			bool passed = !right;
			files_add(&files, l->file, slice_of_string(right ? l->right : l->wrong));
			assert_int_equal(judge_visible(confined, &t, &files, &seen, &passed, &err), OK);
			if (passed != (right == 1))
				print_error("%s\n", text_string(&seen));
			assert_int_equal(passed, right);
			assert_contains(text_string(&seen), right ? "(exit status 0)" : l->language == TASK_C ? "signal 6" : "(exit status 1)");
			text_free(&seen);
			files_free(&files);
		}
		double_end(&t);
	}
}

static void what_a_model_sees_is_cut(void **state)
{
	(void)state;
	struct task t;
	struct error err = {0};
	struct task_files files = {0};
	struct text seen = text_make(1 << 16);
	bool passed;
	double_task(&double_languages[3], &t);
	files_add(&files, "test_visible.sh", SLICE("echo begin; head -c 100000 /dev/zero | tr '\\0' x; echo; echo end\n"));
	assert_int_equal(judge_visible(confined, &t, &files, &seen, &passed, &err), OK);
	assert_true(seen.size < 5000);
	assert_contains(text_string(&seen), "begin\nxxx");
	assert_contains(text_string(&seen), "bytes are left out here");
	assert_contains(text_string(&seen), "xxx\nend\n(exit status 0)\n");
	text_free(&seen);
	files_free(&files);
	double_end(&t);
}

static void the_input_is_given_and_limits_are_told(void **state)
{
	(void)state;
	struct task t;
	double_task(&double_languages[0], &t);
	files_add(&t.tests, "input", SLICE("2\n4\n6\n"));
	text_clear(&t.tests.at[0].content);
	text_add_string(&t.tests.at[0].content, "import os, sys\nimport double\nos.write(3, sys.stdin.read().encode())\n");
	check(&t, "", OUTCOME_PASSED, "");
	check(&t, "x = bytearray(1 << 40)\n", OUTCOME_LIMIT, "MemoryError");
	check(&t, "print('x' * (1 << 22))\n", OUTCOME_LIMIT, "wrote more than");
	check(&t, "open('f', 'wb').write(bytes(1 << 27))\n", OUTCOME_LIMIT, "");
	check(&t, "import os\nos._exit(0)\n", OUTCOME_FAILED, "line 1: nothing, wanted 2");
	check(&t, "import os\nos.write(3, b'2\\n4\\n6\\n7\\n')\nos._exit(0)\n", OUTCOME_FAILED, "line 4: 7, wanted nothing");
	check(&t, "import sys\nsys.exit(3)\n", OUTCOME_CRASHED, "exit status 3");
	double_end(&t);
}

/* Where a file of the answer stands in the way of one of the tests it gives way. */
static void answers_give_way_to_tests(void **state)
{
	(void)state;
	struct task t;
	double_task(&double_languages[0], &t);
	assert_int_equal(judge(&t, "driver.py", "import os; os.write(3, b'2\\n4\\n6\\n')").outcome, OUTCOME_CRASHED);
	assert_int_equal(judge(&t, "driver.py/x", double_languages[0].right).outcome, OUTCOME_CRASHED);
	double_end(&t);
}

static void layers_lie_over_each_other(void **state)
{
	(void)state;
	struct task_files a = {0}, b = {0}, laid;
	const struct task_files *const layers[] = {&a, &b};
	files_add(&a, "one", SLICE("1"));
	files_add(&a, "two/three", SLICE("2"));
	files_add(&a, "twofold", SLICE("2"));
	files_add(&a, "four", SLICE("4"));
	files_add(&b, "one", SLICE("new"));
	files_add(&b, "two", SLICE("new"));
	files_add(&b, "four/five", SLICE("new"));
	run_lay(layers, LENGTH(layers), &laid);
	assert_int_equal(laid.count, 4);
	assert_string_equal(laid.at[0].path, "twofold");
	assert_string_equal(laid.at[3].path, "four/five");
	assert_slice(text_slice(&laid.at[1].content), "new");
	free(laid.at);
	files_free(&a);
	files_free(&b);
}

static void languages_have_versions(void **state)
{
	(void)state;
	struct judge_languages l;
	struct error err = {0};
	assert_int_equal(judge_languages(confined, &l, &err), OK);
	assert_int_equal(strncmp(l.version[TASK_PYTHON], "Python 3.", 9), 0);
	assert_contains(l.version[TASK_SHELL], "bash");
	assert_int_equal(strncmp(l.version[TASK_JAVASCRIPT], "Node.js v", 9), 0);
	assert_true(strlen(l.version[TASK_C]) > 3);
}

static void outcomes_have_names(void **state)
{
	(void)state;
	for (int i = 0; i < OUTCOMES; i++)
		assert_string_not_equal(outcome_name((enum outcome)i), "unknown");
	assert_string_equal(outcome_name(OUTCOME_SYNTAX_ERROR), "syntax_error");
	assert_string_equal(outcome_name(OUTCOMES), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_is_judged),
		cmocka_unit_test(the_visible_test_is_run),
		cmocka_unit_test(what_a_model_sees_is_cut),
		cmocka_unit_test(the_input_is_given_and_limits_are_told),
		cmocka_unit_test(answers_give_way_to_tests),
		cmocka_unit_test(layers_lie_over_each_other),
		cmocka_unit_test(languages_have_versions),
		cmocka_unit_test(outcomes_have_names),
	};
	return cmocka_run_group_tests(tests, confined_open, confined_close);
}
