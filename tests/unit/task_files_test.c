/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/task.h"

static enum status put(struct task_files *f, const char *path, const char *content)
{
	struct error err = {0};
	enum status status = task_files_put(f, path, slice_of_string(content), &err);
	assert_true(status == OK || err.text[0]);
	return status;
}

static void a_file_is_found_and_replaced(void **state)
{
	(void)state;
	struct task_files f = {0};
	assert_int_equal(put(&f, "a.py", "one"), OK);
	assert_int_equal(put(&f, "lib/b.py", "two"), OK);
	assert_int_equal(put(&f, "a.py", "three"), OK);
	assert_int_equal(put(&f, "empty", ""), OK);
	assert_int_equal(f.count, 3);
	assert_slice(text_slice(&task_files_find(&f, "a.py")->content), "three");
	assert_slice(text_slice(&task_files_find(&f, "lib/b.py")->content), "two");
	assert_slice(text_slice(&task_files_find(&f, "empty")->content), "");
	assert_null(task_files_find(&f, "b.py"));
	assert_null(task_files_find(&f, "lib"));
	task_files_free(&f);
	assert_int_equal(f.count, 0);
	assert_null(f.at);
	task_files_free(&f);
}

static void no_path_leads_out(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "/", "/etc/passwd", "..", "../a", "a/..", "a/../b", "a/../../b", ".", "./a", "a/.", "a//b", "a/",
		"a\nb", "a\tb", "a\x7f", "a\\b", "..\\a", "-o", "-Wl,x.c", "@options.c", "-/a",
	};
	struct task_files f = {0};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		if (put(&f, bad[i], "x") != ERR_MALFORMED)
			print_error("\"%s\" was taken\n", bad[i]);
		assert_int_equal(f.count, 0);
	}
	static const char *const good[] = {"...", "..a", "a..", ".hidden", "a-b", "a/-b", "a b.c", "\xc3\xa9.py"};
	for (size_t i = 0; i < LENGTH(good); i++)
		assert_int_equal(put(&f, good[i], "x"), OK);
	task_files_free(&f);
}

static void a_file_is_no_folder(void **state)
{
	(void)state;
	struct task_files f = {0};
	assert_int_equal(put(&f, "a/b", "x"), OK);
	assert_int_equal(put(&f, "a", "x"), ERR_MALFORMED);
	assert_int_equal(put(&f, "a/b/c", "x"), ERR_MALFORMED);
	assert_int_equal(put(&f, "a/bc", "x"), OK);
	assert_int_equal(put(&f, "ab", "x"), OK);
	assert_int_equal(f.count, 3);
	task_files_free(&f);
}

static void limits_are_stated(void **state)
{
	(void)state;
	struct task_files f = {0};
	struct error err = {0};
	char path[TASK_PATH_MAX + 1];
	memset(path, 'p', sizeof path);
	path[TASK_PATH_MAX] = 0;
	assert_int_equal(put(&f, path, "x"), ERR_LIMIT);
	path[TASK_PATH_MAX - 1] = 0;
	assert_int_equal(put(&f, path, "x"), OK);
	for (int i = 1; i < TASK_FILES_MAX; i++) {
		snprintf(path, sizeof path, "f%d", i);
		assert_int_equal(put(&f, path, "x"), OK);
	}
	assert_int_equal(put(&f, "more", "x"), ERR_LIMIT);
	assert_int_equal(put(&f, "f1", "again"), OK);
	char *large = must_alloc(TASK_FILE_MAX + 1, 1);
	memset(large, 'x', TASK_FILE_MAX + 1);
	assert_int_equal(task_files_put(&f, "f1", slice_of(large, TASK_FILE_MAX + 1), &err), ERR_LIMIT);
	assert_slice(text_slice(&task_files_find(&f, "f1")->content), "again");
	assert_int_equal(task_files_put(&f, "f1", slice_of(large, TASK_FILE_MAX), &err), OK);
	assert_int_equal(task_files_find(&f, "f1")->content.size, TASK_FILE_MAX);
	free(large);
	task_files_free(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_found_and_replaced),
		cmocka_unit_test(no_path_leads_out),
		cmocka_unit_test(a_file_is_no_folder),
		cmocka_unit_test(limits_are_stated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
