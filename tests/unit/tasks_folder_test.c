/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/task.h"

/* The tasks of this tree, as whoever runs a program built in it finds them: all of them
 * load, and each has what it is tried by. */
static void the_tasks_of_this_tree(void **state)
{
	(void)state;
	char path[4096];
	struct error err = {0};
	struct tasks tasks;
	assert_int_equal(tasks_folder(path, &err), OK);
	assert_contains(path, "/schema/tasks");
	if (tasks_load(path, &tasks, &err) != OK)
		print_error("%s\n", err.text);
	assert_true(tasks.count > 0);
	for (size_t i = 0; i < tasks.count; i++) {
		struct task_trial *trials;
		size_t count, right = 0;
		if (task_trials(path, &tasks.at[i], &trials, &count, &err) != OK)
			print_error("%s\n", err.text);
		for (size_t k = 0; k < count; k++) {
			right += trials[k].right;
			task_files_free(&trials[k].files);
		}
		free(trials);
		if (right != 1 || count < 4)
			print_error("%s: %zu right and %zu wrong answers\n", tasks.at[i].id, right, count - right);
		assert_int_equal(right, 1);
		assert_true(count >= 4);
	}
	tasks_free(&tasks);
}

static void each_has_a_name(void **state)
{
	(void)state;
	for (int s = 0; s < TASK_SUITES; s++)
		assert_true(*task_suite_name((enum task_suite)s));
	assert_string_equal(task_suite_name(TASK_MBPP), "mbpp");
	assert_string_equal(task_language_name(TASK_JAVASCRIPT), "javascript");
	assert_string_equal(task_difficulty_name(TASK_MIDDLE), "middle");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tasks_of_this_tree),
		cmocka_unit_test(each_has_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
