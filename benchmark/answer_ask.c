/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a model is asked, in the same words for every model.
 */
#include "benchmark/answer_parts.h"

#include <string.h>

/* A fence longer than any within. */
static size_t fence_size(struct slice content)
{
	struct cursor lines = cursor_over(content);
	struct answer_mark mark;
	struct slice line;
	size_t size = 3;
	while (cursor_line(&lines, &line, NULL))
		if (answer_mark(line, &mark) && mark.run >= size)
			size = mark.run + 1;
	return size;
}

void answer_add_fenced(const char *info, struct slice content, struct text *ret)
{
	size_t size = fence_size(content);
	for (size_t i = 0; i < size; i++)
		text_add_char(ret, '`');
	text_addf(ret, "%s\n", info);
	text_add(ret, content);
	if (content.size == 0 || content.at[content.size - 1] != '\n')
		text_add_char(ret, '\n');
	for (size_t i = 0; i < size; i++)
		text_add_char(ret, '`');
	text_add_string(ret, "\n\n");
}

static const char *info_of(const struct task *task, const char *path)
{
	static const struct {
		const char *suffix, *info;
	} infos[] = {{".py", "python"}, {".c", "c"}, {".h", "c"}, {".js", "javascript"}, {".sh", "bash"},
		     {".json", "json"}, {".md", "markdown"}, {".txt", "text"}, {".csv", "csv"}};
	for (size_t i = 0; i < LENGTH(infos); i++)
		if (slice_ends(slice_of_string(path), infos[i].suffix))
			return infos[i].info;
	return strcmp(path, task->answer) != 0 ? "" : task_language_name(task->language);
}

static void add_files(const struct task *task, struct text *ret)
{
	for (size_t i = 0; i < task->start.count; i++) {
		const struct task_file *f = &task->start.at[i];
		bool test = task->suite == TASK_REPAIR && !strcmp(f->path, task->visible);
		text_addf(ret, test ? "The test that fails. FILE: %s\n" : "FILE: %s\n", f->path);
		answer_add_fenced(info_of(task, f->path), text_slice(&f->content), ret);
	}
}

static void add_how(const struct task *task, struct text *ret)
{
	if (task->suite == TASK_EDIT)
		text_add_string(ret, "Answer with every file that you change, whole, each in one fenced code block with a line\n"
				     "\"FILE: path\" before it; or with one unified diff in a fenced block marked diff.\n");
	else
		text_addf(ret, "Answer with the whole file %s in one fenced code block.\n", task->answer);
}

/* The turns of an agent task, so that a program can take part. */
static void add_actions(const struct task *task, struct text *ret)
{
	text_add_string(ret, "You work in a folder with these files:\n");
	for (size_t i = 0; i < task->start.count; i++)
		text_addf(ret, "  %s (%zu bytes)\n", task->start.at[i].path, task->start.at[i].content.size);
	text_addf(ret, "\nAct by lines of plain text, one or more in a turn; you are told what came of them:\n"
		       "  READ path      shows a file\n"
		       "  WRITE path     followed by a fenced code block: makes the file, or replaces all of it\n"
		       "  TEST           runs %s\n"
		       "  DONE           when the work is finished\n"
		       "You have at most 12 turns. Further tests, which you do not see, judge the result.\n",
		  task->visible[0] ? task->visible : "the tests");
}

void answer_ask(const struct task *task, struct text *ret)
{
	struct slice prompt = text_slice(&task->prompt);
	if (task->suite == TASK_HUMANEVAL) {
		text_add_string(ret, "Complete this Python function:\n\n");
		answer_add_fenced("python", prompt, ret);
		text_add_string(ret, "Answer with the whole function, and the imports that it needs, in one fenced code block.\n");
		return;
	}
	text_add(ret, prompt);
	text_add_string(ret, prompt.size > 0 && prompt.at[prompt.size - 1] == '\n' ? "\n" : "\n\n");
	if (task->suite == TASK_MBPP) {
		text_add_string(ret, "Answer with the whole Python code in one fenced code block.\n");
	} else if (task->suite == TASK_AGENT) {
		add_actions(task, ret);
	} else {
		add_files(task, ret);
		add_how(task, ret);
	}
}

/* HumanEval: Chen et al., "Evaluating Large Language Models Trained on Code" (2021),
 * section 2.1. MBPP: Austin et al., "Program Synthesis with Large Language Models"
 * (2021), section 3. */
const char *const *answer_stops(const struct task *task)
{
	static const char *const humaneval[] = {"\nclass", "\ndef", "\n#", "\nif", "\nprint", NULL},
				 *const mbpp[] = {"[DONE]", NULL}, *const nothing[] = {NULL};
	if (task->suite == TASK_HUMANEVAL)
		return humaneval;
	return task->suite == TASK_MBPP ? mbpp : nothing;
}
