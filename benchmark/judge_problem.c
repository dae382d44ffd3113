/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HumanEval and MBPP as published: the answer, put behind the prompt or standing for
 * itself, passes where all assertions of the problem's tests hold. There the tests run in
 * the answer's process, and an answer that leaves it early, patches what compares, or
 * returns what equals everything has passed. Here they run in another sandbox
 * (schema/judge/check.py) and call the answer's functions (schema/judge/serve.py) over
 * two pipes; what is expected never comes near the answer.
 */
#include "benchmark/judge_problem.h"

#include "benchmark/judge_run.h"
#include "tables.h"

#include <stdio.h>
#include <string.h>

/* The exit status of check.py. */
enum { CHECK_PASSED = 0, CHECK_FAILED = 11, CHECK_RAISED, CHECK_GONE, CHECK_SYNTAX, CHECK_CANNOT };

enum { SIDE_FILES_MAX = 5, SCRIPT_MAX = 1 << 16 };

struct side {
	struct task_file at[SIDE_FILES_MAX];
	struct task_files files;
	struct text script; /* owned */
};

/* `content` stays whose it is. */
static void add_file(struct side *s, const char *path, const struct text *content)
{
	struct task_file *file = &s->at[s->files.count++];
	snprintf(file->path, sizeof file->path, "%s", path);
	file->content = *content;
	s->files.at = s->at;
}

static void add_script(struct side *s, const char *path, const unsigned char *script, size_t size)
{
	s->script = text_make(SCRIPT_MAX);
	text_add(&s->script, slice_of(embedded_script_values, embedded_script_values_size));
	text_add(&s->script, slice_of(script, size));
	add_file(s, path, &s->script);
}

static const struct text *find_answer(const struct task *task, const struct task_files *answer)
{
	const struct task_file *named = task_files_find(answer, task->answer);
	return named ? &named->content : answer->count == 1 ? &answer->at[0].content : NULL;
}

static void take_verdict(const struct confine_result r[2], struct verdict_of_run *ret)
{
	const struct confine_result *check = &r[0], *served = &r[1];
	if (check->end == CONFINE_EXITED && check->code == CHECK_PASSED)
		return;
	/* where the sandbox ended the answer, that is why its tests could not go on */
	if (served->end != CONFINE_EXITED && served->end != CONFINE_SIGNALLED && run_ended_badly(served, ret))
		return;
	(void)run_ended_badly(check, ret);
	if (check->end != CONFINE_EXITED)
		return;
	switch (check->code) {
	case CHECK_RAISED:
		ret->outcome = strstr(ret->detail, "MemoryError") ? OUTCOME_LIMIT : OUTCOME_CRASHED;
		break;
	case CHECK_GONE:
		ret->outcome = OUTCOME_CRASHED;
		break;
	case CHECK_SYNTAX:
		ret->outcome = OUTCOME_SYNTAX_ERROR;
		break;
	default:
		ret->outcome = OUTCOME_FAILED;
	}
}

static enum status run_sides(struct confine *c, const struct task *task, const struct side sides[2],
			     struct verdict_of_run *ret, struct error *err)
{
	const char *kind = task->suite == TASK_HUMANEVAL ? "continue" : "whole";
	const char *const check[] = {"python3", "-B", "-I", "check.py", kind, task->entry_point, NULL};
	const char *const serve[] = {"python3", "-B", "-s", "-E", "serve.py", kind, task->entry_point, NULL};
	const struct confine_run runs[2] = {
		{.files = &sides[0].files, .argv = check, .timeout_ms = task->timeout_ms},
		{.files = &sides[1].files, .argv = serve, .timeout_ms = task->timeout_ms},
	};
	struct confine_result r[2];
	enum status status = confine_run_pair(c, runs, r, err);
	if (status)
		return status;
	take_verdict(r, ret);
	ret->wall_ns = r[0].wall_ns;
	ret->memory_bytes = r[1].memory_bytes;
	for (size_t i = 0; i < LENGTH(r); i++)
		confine_result_free(&r[i]);
	return OK;
}

enum status judge_problem(struct confine *c, const struct task *task, const struct task_files *answer,
			  struct verdict_of_run *ret, struct error *err)
{
	struct side sides[2];
	const struct text *text = find_answer(task, answer);
	memset(ret, 0, sizeof *ret);
	if (!text) {
		ret->outcome = OUTCOME_NO_CODE;
		snprintf(ret->detail, sizeof ret->detail, "no file %s", task->answer);
		return OK;
	}
	memset(sides, 0, sizeof sides);
	add_script(&sides[0], "check.py", embedded_script_check, embedded_script_check_size);
	add_file(&sides[0], task->suite == TASK_HUMANEVAL ? "prompt.py" : "setup.py", &task->setup);
	add_file(&sides[0], "solution.py", &task->solution);
	add_file(&sides[0], "test.py", &task->check);
	add_script(&sides[1], "serve.py", embedded_script_serve, embedded_script_serve_size);
	add_file(&sides[1], "prompt.py", &task->setup);
	add_file(&sides[1], "answer.py", text);
	enum status status = run_sides(c, task, sides, ret, err);
	for (size_t i = 0; i < LENGTH(sides); i++)
		text_free(&sides[i].script);
	return status;
}
