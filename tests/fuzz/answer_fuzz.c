/* SPDX-License-Identifier: Apache-2.0 */
/* A model's reply, as the answer to a task of each kind. */
#include "benchmark/answer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void put(struct task *t, const char *path, struct slice content)
{
	struct error err = {0};
	if (task_files_put(&t->start, path, content, &err))
		abort();
}

static void check(struct answer a)
{
	if ((a.outcome == OUTCOME_PASSED) != (a.files.count > 0) || memchr(a.detail, 0, sizeof a.detail) == NULL)
		abort();
	for (size_t i = 0; i < a.files.count; i++)
		if (a.files.at[i].path[0] == '/' || !strcmp(a.files.at[i].path, ".."))
			abort();
	answer_free(&a);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice said = slice_of(data, size);
	for (enum task_language l = 0; l < TASK_LANGUAGES; l++) {
		struct task t = {.suite = TASK_REPAIR, .language = l, .answer = "a.py", .prompt = text_make(64)};
		text_add_string(&t.prompt, "`encode` and decode()");
		put(&t, "a.py", SLICE("one\ntwo\nthree\n"));
		check(answer_take(&t, said));
		t.suite = TASK_HUMANEVAL;
		check(answer_complete(&t, said));
		t.suite = TASK_EDIT;
		t.answer[0] = 0;
		put(&t, "lib/b.py", SLICE(""));
		check(answer_take(&t, said));
		task_files_free(&t.start);
		text_free(&t.prompt);
	}
	return 0;
}
