/* SPDX-License-Identifier: Apache-2.0 */
/* Problems of HumanEval and MBPP: what is read has names, tests and no two of an id. */
#include "benchmark/problems.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct error err = {0};
	struct tasks tasks;
	if (problems_read(slice_of(data, size), "fuzz", &tasks, &err))
		return err.text[0] ? 0 : (abort(), 0);
	for (size_t i = 0; i < tasks.count; i++) {
		const struct task *t = &tasks.at[i];
		if (!t->id[0] || (t->suite == TASK_HUMANEVAL) != (t->entry_point[0] != 0))
			abort();
		if (i > 0 && strcmp(tasks.at[i - 1].id, t->id) >= 0)
			abort();
	}
	tasks_free(&tasks);
	return 0;
}
