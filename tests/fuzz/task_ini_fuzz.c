/* SPDX-License-Identifier: Apache-2.0 */
/*
 * task.ini: the first byte is the suite, the rest the text. What is taken is whole, and
 * what stands in the task stands in the text.
 */
#include "benchmark/task_ini.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check(const struct task *t, struct slice text)
{
	const char *const kept[] = {t->title, t->answer, t->visible, task_language_name(t->language),
				    task_difficulty_name(t->difficulty)};
	for (size_t i = 0; i < LENGTH(kept); i++)
		require(slice_search(text, slice_of_string(kept[i])) < text.size || !*kept[i]);
	require(t->title[0]);
	require(t->timeout_ms >= 100 && t->timeout_ms <= TASK_TIMEOUT_MS_MAX);
	bool one_file = t->suite == TASK_COMPLETE || t->suite == TASK_REPAIR;
	require(one_file == (t->answer[0] != 0));
	require(t->visible[0] || (t->suite != TASK_REPAIR && t->suite != TASK_AGENT));
	require(!strstr(t->answer, "../") && t->answer[0] != '/');
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice all = slice_of(data, size), text = slice_part(all, 1, size);
	struct task task = {.suite = size ? (enum task_suite)(data[0] % (TASK_AGENT + 1)) : TASK_EDIT};
	struct error err = {0};
	enum status status = task_ini_parse(text, &task, &err);
	require(status == OK || (status == ERR_CONFIG && err.text[0]));
	if (!status)
		check(&task, text);
	return 0;
}
