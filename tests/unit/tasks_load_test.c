/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/task.h"

#define INI "[task]\ntitle = t\nlanguage = python\ndifficulty = easy\nanswer = a.py\n"

/* A file of the scratch folder, with the folders on the way to it. */
static void put(const struct scratch *s, const char *path, const char *content)
{
	char folder[256];
	for (const char *slash = path; (slash = strchr(slash, '/')) != NULL; slash++) {
		snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
		mkdirat(s->fd, folder, 0700);
	}
	scratch_put(s, path, slice_of_string(content));
}

static void put_task(const struct scratch *s, const char *id)
{
	static const char *const files[][2] = {
		{"task.ini", INI}, {"prompt.md", "Write f."}, {"expected", "1\n"}, {"tests/driver.py", "import a"},
		{"tests/input", ""}, {"start/lib/b.py", "b = 1"}, {"reference/a.py", "def f(): return 1"},
		{"wrong-1/a.py", "def f(): return 2"}, {"wrong-1/WHY", "two\n"},
		{"wrong-10/a.py", "def f(): return 0"}, {"wrong-10/WHY", "none\n"},
	};
	char path[256];
	for (size_t i = 0; i < LENGTH(files); i++) {
		snprintf(path, sizeof path, "%s/%s", id, files[i][0]);
		put(s, path, files[i][1]);
	}
}

static struct tasks load(const struct scratch *s)
{
	struct tasks t;
	struct error err = {0};
	enum status status = tasks_load(s->path, &t, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	return t;
}

static void refuse(const struct scratch *s, const char *where, const char *why)
{
	struct tasks t;
	struct error err = {0};
	enum status status = tasks_load(s->path, &t, &err);
	if (status == OK || !strstr(err.text, where) || !strstr(err.text, why))
		print_error("\"%s\", wanted \"%s\" and \"%s\"\n", err.text, where, why);
	assert_int_not_equal(status, OK);
	assert_contains(err.text, s->path);
	assert_contains(err.text, where);
	assert_contains(err.text, why);
	assert_int_equal(t.count, 0);
	assert_null(t.at);
}

static void tasks_are_loaded_in_the_order_of_their_ids(void **state)
{
	const struct scratch *s = *state;
	static const char *const ids[] = {"complete/python-a", "complete/python-a-b", "complete/python-b"};
	for (size_t i = LENGTH(ids); i-- > 0;)
		put_task(s, ids[i]);
	struct tasks t = load(s);
	assert_int_equal(t.count, LENGTH(ids));
	for (size_t i = 0; i < t.count; i++)
		assert_string_equal(t.at[i].id, ids[i]);
	const struct task *first = &t.at[0];
	assert_int_equal(first->suite, TASK_COMPLETE);
	assert_int_equal(first->language, TASK_PYTHON);
	assert_string_equal(first->answer, "a.py");
	assert_slice(text_slice(&first->prompt), "Write f.");
	assert_slice(text_slice(&first->expected), "1\n");
	assert_int_equal(first->start.count, 1);
	assert_slice(text_slice(&task_files_find(&first->start, "lib/b.py")->content), "b = 1");
	assert_int_equal(first->tests.count, 2);
	assert_non_null(task_files_find(&first->tests, "input"));
	assert_int_equal(strlen(t.sha256), 64);
	tasks_free(&t);
}

static void every_byte_is_in_the_hash(void **state)
{
	const struct scratch *s = *state;
	put_task(s, "complete/python-a");
	struct tasks before = load(s);
	put(s, "complete/python-a/wrong-1/a.py", "def f(): return 3");
	struct tasks changed = load(s);
	assert_string_not_equal(before.sha256, changed.sha256);
	put(s, "complete/python-a/wrong-1/a.py", "def f(): return 2");
	struct tasks again = load(s);
	assert_string_equal(before.sha256, again.sha256);
	tasks_free(&before);
	tasks_free(&changed);
	tasks_free(&again);
}

static void trials_are_read(void **state)
{
	const struct scratch *s = *state;
	put_task(s, "complete/python-a");
	struct tasks t = load(s);
	struct task_trial *trials;
	size_t count;
	struct error err = {0};
	assert_int_equal(task_trials(s->path, &t.at[0], &trials, &count, &err), OK);
	assert_int_equal(count, 3);
	static const char *const names[] = {"reference", "wrong-1", "wrong-10"};
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(trials[i].name, names[i]);
		assert_int_equal(trials[i].right, i == 0);
		assert_int_equal(trials[i].files.count, 1);
		assert_string_equal(trials[i].files.at[0].path, "a.py");
		task_files_free(&trials[i].files);
	}
	free(trials);
	assert_int_equal(unlinkat(s->fd, "complete/python-a/wrong-10/WHY", 0), 0);
	assert_int_equal(task_trials(s->path, &t.at[0], &trials, &count, &err), ERR_CONFIG);
	assert_contains(err.text, "complete/python-a: wrong-10/WHY is missing");
	tasks_free(&t);
}

static void what_is_wrong_is_named(void **state)
{
	const struct scratch *s = *state;
	static const struct {
		const char *path, *content, *where, *why;
	} cases[] = {
		{"README", "", "README", "belongs to no task"},
		{"complete/README", "", "complete/README", "belongs to no task"},
		{"compete/python-a/task.ini", INI, "compete/python-a", "no such suite"},
		{"complete/python-A/task.ini", INI, "complete/python-A", "lower-case letters"},
		{"complete/python-b/task.ini", INI, "complete/python-b", "prompt.md is missing"},
		{"complete/python-a/notes", "", "python-a/notes", "is no part of a task"},
		{"complete/python-a/wrong-0/a.py", "", "wrong-0/a.py", "is no part of a task"},
		{"complete/python-a/wrong-01/a.py", "", "wrong-01/a.py", "is no part of a task"},
		{"complete/python-a/wrong-17/a.py", "", "wrong-17/a.py", "is no part of a task"},
		{"complete/python-a/task.ini", "[task]\nx = y\n", "python-a/task.ini", "line 2: unknown key"},
		{"complete/python-a/start/x", "a\nb\xff\n", "python-a/start/x", "line 2: not UTF-8"},
		{"complete/python-a/tests/-x.c", "", "python-a/tests/-x.c", "does not begin with"},
		{"complete/python-a/prompt.md", "", "complete/python-a", "prompt.md is missing or empty"},
		{"complete/python-a/expected", "", "complete/python-a", "expected is missing or empty"},
		{"complete/python-a/task.ini", INI "visible = test_visible.py\n", "complete/python-a",
		 "start/test_visible.py is missing"},
		{"complete/python-a/task.ini", INI "visible = test_visible.sh\n", "complete/python-a",
		 "is to be test_visible.py"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		put_task(s, "complete/python-a");
		put(s, cases[i].path, cases[i].content);
		refuse(s, cases[i].where, cases[i].why);
		assert_int_equal(unlinkat(s->fd, cases[i].path, 0), 0);
	}
}

static void a_task_fits_together(void **state)
{
	const struct scratch *s = *state;
	struct tasks t;
	struct error err = {0};
	assert_int_equal(tasks_load(s->path, &t, &err), ERR_NO_INPUT);
	assert_contains(err.text, "holds no task");
	put_task(s, "complete/c-a");
	refuse(s, "complete/c-a", "is to be named python-NAME");
	assert_int_equal(renameat(s->fd, "complete/c-a", s->fd, "complete/python-a"), 0);
	assert_int_equal(unlinkat(s->fd, "complete/python-a/tests/driver.py", 0), 0);
	refuse(s, "complete/python-a", "tests/driver.py is missing");
	put(s, "complete/python-a/tests/driver.py", "");
	assert_int_equal(symlinkat("input", s->fd, "complete/python-a/tests/link"), 0);
	refuse(s, "complete/python-a/tests/link", "symbolic link");
	assert_int_equal(unlinkat(s->fd, "complete/python-a/tests/link", 0), 0);
	assert_int_equal(mkdirat(s->fd, "repair", 0700), 0);
	assert_int_equal(renameat(s->fd, "complete/python-a", s->fd, "repair/python-a"), 0);
	put(s, "repair/python-a/task.ini", INI "visible = test_visible.py\n");
	put(s, "repair/python-a/start/test_visible.py", "import a");
	refuse(s, "repair/python-a", "start/a.py is missing, which is to be repaired");
	put(s, "repair/python-a/start/a.py", "");
	t = load(s);
	assert_string_equal(t.at[0].visible, "test_visible.py");
	tasks_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(tasks_are_loaded_in_the_order_of_their_ids),
		scratch_test(every_byte_is_in_the_hash),
		scratch_test(trials_are_read),
		scratch_test(what_is_wrong_is_named),
		scratch_test(a_task_fits_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
