/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task.h"

#include <stdlib.h>

static const char *const suites[] = {
	[TASK_COMPLETE] = "complete",   [TASK_REPAIR] = "repair", [TASK_EDIT] = "edit", [TASK_AGENT] = "agent",
	[TASK_HUMANEVAL] = "humaneval", [TASK_MBPP] = "mbpp",
};
static const char *const languages[] = {
	[TASK_PYTHON] = "python", [TASK_C] = "c", [TASK_JAVASCRIPT] = "javascript", [TASK_SHELL] = "shell",
};
static const char *const difficulties[] = {[TASK_EASY] = "easy", [TASK_MIDDLE] = "middle", [TASK_HARD] = "hard"};

_Static_assert(LENGTH(suites) == TASK_SUITES, "each suite has a name");
_Static_assert(LENGTH(languages) == TASK_LANGUAGES, "each language has a name");
_Static_assert(LENGTH(difficulties) == TASK_DIFFICULTIES, "each difficulty has a name");

const char *task_suite_name(enum task_suite s)
{
	return suites[s];
}

const char *task_language_name(enum task_language l)
{
	return languages[l];
}

const char *task_difficulty_name(enum task_difficulty d)
{
	return difficulties[d];
}

void task_free(struct task *t)
{
	struct text *const texts[] = {&t->prompt, &t->expected, &t->check, &t->setup, &t->solution, &t->continued};
	for (size_t i = 0; i < LENGTH(texts); i++)
		text_free(texts[i]);
	task_files_free(&t->start);
	task_files_free(&t->tests);
}

void tasks_free(struct tasks *t)
{
	for (size_t i = 0; i < t->count; i++)
		task_free(&t->at[i]);
	free(t->at);
	*t = (struct tasks){0};
}
