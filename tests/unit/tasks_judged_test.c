/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every task of this tree: the answer that came with it as right passes, every one that
 * came as wrong does not, and neither for want of time.
 */
#include "tests/unit/confined.h"
#include "tests/unit/each.h"

#include "benchmark/judge.h"

static char folder[4096];
static struct tasks tasks;
static struct judge_languages languages;
static atomic_size_t judged;

/* A machine that does much else may need more time than a task has: once more then. */
static enum status judge_patiently(const struct task *task, const struct task_trial *trial, struct verdict_of_run *ret,
				   struct error *err)
{
	enum status status = judge_answer(confined, task, &trial->files, ret, err);
	if (!status && trial->right && ret->outcome == OUTCOME_TIMEOUT)
		status = judge_answer(confined, task, &trial->files, ret, err);
	return status;
}

static bool try_answer(const struct task *task, const struct task_trial *trial)
{
	struct verdict_of_run v;
	struct error err = {0};
	if (judge_patiently(task, trial, &v, &err)) {
		print_error("%s, %s: %s\n", task->id, trial->name, err.text);
		return false;
	}
	atomic_fetch_add(&judged, 1);
	if ((v.outcome == OUTCOME_PASSED) == trial->right && (trial->right || v.outcome != OUTCOME_SYNTAX_ERROR))
		return true;
	print_error("%s, %s: %s (%s)\n", task->id, trial->name, outcome_name(v.outcome), v.detail);
	return false;
}

static bool try_task(size_t i, void *context)
{
	const struct task *task = &tasks.at[i];
	struct task_trial *trials;
	size_t count = 0, wrong = 0;
	struct error err = {0};
	(void)context;
	if (!languages.version[task->language][0])
		return true;
	if (task_trials(folder, task, &trials, &count, &err)) {
		print_error("%s: %s\n", task->id, err.text);
		return false;
	}
	for (size_t k = 0; k < count; k++) {
		wrong += !try_answer(task, &trials[k]);
		task_files_free(&trials[k].files);
	}
	free(trials);
	return wrong == 0;
}

static void answers_are_what_they_came_as(void **state)
{
	(void)state;
	struct error err = {0};
	assert_int_equal(judge_languages(confined, &languages, &err), OK);
	assert_true(languages.version[TASK_PYTHON][0]);
	assert_true(tasks.count > 0);
	assert_int_equal(each_run(tasks.count, try_task, NULL), 0);
	assert_true(judged >= 4 * tasks.count || !languages.version[TASK_JAVASCRIPT][0] || !languages.version[TASK_C][0]);
}

/* Repair begins with a test that fails, and the right answer makes it pass; an agent's too. */
static bool try_visible(size_t i, void *context)
{
	const struct task *task = &tasks.at[i];
	struct task_files none = {0};
	struct task_trial *trials;
	size_t count = 0;
	struct error err = {0};
	bool before = true, after = false;
	struct text seen = text_make(1 << 16);
	(void)context;
	if (!task->visible[0] || !languages.version[task->language][0])
		return true;
	enum status status = task_trials(folder, task, &trials, &count, &err);
	if (!status)
		status = judge_visible(confined, task, &none, &seen, &before, &err);
	for (size_t k = 0; k < count; k++) {
		if (!status && trials[k].right)
			status = judge_visible(confined, task, &trials[k].files, &seen, &after, &err);
		task_files_free(&trials[k].files);
	}
	if (count)
		free(trials);
	bool good = !status && !before && after;
	if (!good)
		print_error("%s: its visible test %s before and %s after the right answer; %s\n%s", task->id,
			    before ? "passes" : "fails", after ? "passes" : "fails", err.text, text_string(&seen));
	text_free(&seen);
	return good;
}

static void visible_tests_fail_before_and_pass_after(void **state)
{
	(void)state;
	assert_int_equal(each_run(tasks.count, try_visible, NULL), 0);
}

static int open_all(void **state)
{
	struct error err = {0};
	const char *srcdir = getenv("SRCDIR");
	snprintf(folder, sizeof folder, "%s/schema/tasks", srcdir ? srcdir : ".");
	if (tasks_load(folder, &tasks, &err)) {
		print_error("%s\n", err.text);
		return -1;
	}
	return confined_open(state);
}

static int close_all(void **state)
{
	tasks_free(&tasks);
	return confined_close(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_what_they_came_as),
		cmocka_unit_test(visible_tests_fail_before_and_pass_after),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
