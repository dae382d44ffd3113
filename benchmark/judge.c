/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/judge.h"

#include "benchmark/judge_problem.h"
#include "benchmark/judge_run.h"
#include "core/auto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINE_SHOWN = 120,   /* bytes of a line that differs */
	SEEN_HEAD = 1 << 10, /* of a test's output that a model reads: its beginning and its end */
	SEEN_TAIL = 3 << 10,
	VERSION_MS = 20000,
};

static const char *const drivers[] = {
	[TASK_PYTHON] = "driver.py",
	[TASK_C] = "driver.c",
	[TASK_JAVASCRIPT] = "driver.js",
	[TASK_SHELL] = "driver.sh",
};

const char *outcome_name(enum outcome o)
{
	static const char *const names[] = {
		[OUTCOME_PASSED] = "passed",
		[OUTCOME_FAILED] = "failed",
		[OUTCOME_CRASHED] = "crashed",
		[OUTCOME_SYNTAX_ERROR] = "syntax_error",
		[OUTCOME_TIMEOUT] = "timeout",
		[OUTCOME_LIMIT] = "limit",
		[OUTCOME_EMPTY] = "empty",
		[OUTCOME_REFUSED] = "refused",
		[OUTCOME_NO_CODE] = "no_code",
		[OUTCOME_CUT] = "cut",
		[OUTCOME_SLOW] = "slow",
		[OUTCOME_SERVER_ERROR] = "server_error",
	};
	return (size_t)o < LENGTH(names) ? names[o] : "unknown";
}

static void add_line(struct text *t, bool there, struct slice line)
{
	if (!there)
		text_add_string(t, "nothing");
	else
		text_add_printable(t, line, LINE_SHOWN);
}

/* Where they differ first; they do. */
static void describe_difference(struct slice got, struct slice wanted, char *ret, size_t capacity)
{
	struct cursor a = cursor_over(got), b = cursor_over(wanted);
	struct slice line_a = {0}, line_b = {0};
	bool there_a = true, there_b = true, whole_a = true, whole_b = true;
	AUTO_TEXT struct text t = text_make(capacity - 1);
	size_t number = 0;
	do {
		there_a = cursor_line(&a, &line_a, &whole_a);
		there_b = cursor_line(&b, &line_b, &whole_b);
		number++;
	} while (there_a && there_b && whole_a == whole_b && slice_equal(line_a, line_b));
	if (!there_a && !there_b)
		text_add_string(&t, "only ends of lines differ");
	else {
		text_addf(&t, "line %zu: ", number);
		add_line(&t, there_a, line_a);
		text_add_string(&t, ", wanted ");
		add_line(&t, there_b, line_b);
	}
	snprintf(ret, capacity, "%s", text_string(&t));
}

static void judge_results(const struct task *task, const struct confine_result *r, struct verdict_of_run *ret)
{
	struct slice got = text_slice(&r->result), wanted = text_slice(&task->expected);
	bool same = slice_equal(got, wanted);
	ret->outcome = OUTCOME_PASSED;
	if (run_ended_badly(r, ret)) {
		if (task->language == TASK_C && r->end == CONFINE_EXITED && r->code == RUN_NOT_COMPILED && !got.size)
			ret->outcome = OUTCOME_SYNTAX_ERROR;
		return;
	}
	if (same)
		return;
	ret->outcome = OUTCOME_FAILED;
	describe_difference(got, wanted, ret->detail, sizeof ret->detail);
}

/* The first line of a compiler that names an error. */
static void find_error(struct slice output, char *ret, size_t capacity)
{
	struct cursor lines = cursor_over(output);
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		if (slice_search(line, SLICE("error:")) < line.size || slice_search(line, SLICE("undefined")) < line.size) {
			run_last_line(line, ret, capacity);
			return;
		}
}

/* May it be that it does not parse? Of what the driver loads nothing came then; a script
 * that it starts is another matter. */
static bool may_not_parse(const struct task *task, const struct verdict_of_run *v, size_t result_size)
{
	return v->outcome == OUTCOME_CRASHED ||
	       (v->outcome == OUTCOME_FAILED && (result_size == 0 || task->language == TASK_SHELL));
}

static enum status judge_task(struct confine *c, const struct task *task, const struct task_files *answer,
			      struct verdict_of_run *ret, bool *ret_doubtful, struct error *err)
{
	const struct task_files *const layers[] = {&task->start, answer, &task->tests};
	const char *argv[RUN_WORDS_MAX];
	const struct task_file *input = task_files_find(&task->tests, "input");
	struct task_files files;
	struct confine_result r;
	run_lay(layers, LENGTH(layers), &files);
	run_command(task->language, drivers[task->language], task->visible, argv);
	struct confine_run run = {.files = &files, .argv = argv, .timeout_ms = task->timeout_ms};
	if (input)
		run.input = text_slice(&input->content);
	enum status status = confine_run(c, &run, &r, err);
	free(files.at);
	if (status)
		return status;
	judge_results(task, &r, ret);
	ret->wall_ns = r.wall_ns;
	ret->memory_bytes = r.memory_bytes;
	if (ret->outcome == OUTCOME_SYNTAX_ERROR)
		find_error(text_slice(&r.output), ret->detail, sizeof ret->detail);
	*ret_doubtful = may_not_parse(task, ret, r.result.size);
	confine_result_free(&r);
	return OK;
}

enum status judge_answer(struct confine *c, const struct task *task, const struct task_files *answer,
			 struct verdict_of_run *ret, struct error *err)
{
	bool doubtful = false, parses = true;
	char detail[sizeof ret->detail] = "";
	memset(ret, 0, sizeof *ret);
	if (task->suite == TASK_HUMANEVAL || task->suite == TASK_MBPP)
		return judge_problem(c, task, answer, ret, err);
	enum status status = judge_task(c, task, answer, ret, &doubtful, err);
	if (!status && doubtful)
		status = run_parses(c, task->language, answer, &parses, detail, err);
	if (!status && !parses) {
		ret->outcome = OUTCOME_SYNTAX_ERROR;
		memcpy(ret->detail, detail, sizeof detail);
	}
	return status;
}

static void add_seen(struct text *ret, struct slice output)
{
	if (output.size <= SEEN_HEAD + SEEN_TAIL) {
		text_add(ret, output);
		return;
	}
	text_add(ret, slice_part(output, 0, SEEN_HEAD));
	text_addf(ret, "\n… (%zu bytes are left out here)\n", output.size - SEEN_HEAD - SEEN_TAIL);
	text_add(ret, slice_part(output, output.size - SEEN_TAIL, SEEN_TAIL));
}

enum status judge_visible(struct confine *c, const struct task *task, const struct task_files *files,
			  struct text *ret, bool *ret_passed, struct error *err)
{
	const struct task_files *const layers[] = {&task->start, files};
	const char *argv[RUN_WORDS_MAX];
	struct task_files laid;
	struct confine_result r;
	struct verdict_of_run verdict = {0};
	run_lay(layers, LENGTH(layers), &laid);
	run_command(task->language, task->visible, drivers[task->language], argv);
	struct confine_run run = {.files = &laid, .argv = argv, .timeout_ms = task->timeout_ms};
	enum status status = confine_run(c, &run, &r, err);
	free(laid.at);
	if (status)
		return status;
	*ret_passed = !run_ended_badly(&r, &verdict);
	add_seen(ret, text_slice(&r.output));
	if (r.end != CONFINE_EXITED)
		text_addf(ret, "(%s)\n", verdict.detail);
	else
		text_addf(ret, "(exit status %d)\n", r.code);
	confine_result_free(&r);
	return OK;
}

enum status judge_languages(struct confine *c, struct judge_languages *ret, struct error *err)
{
	static const char *const programs[] = {
		[TASK_PYTHON] = "python3", [TASK_C] = "cc", [TASK_JAVASCRIPT] = "node", [TASK_SHELL] = "bash"};
	memset(ret, 0, sizeof *ret);
	for (size_t i = 0; i < LENGTH(programs); i++) {
		const char *const argv[] = {programs[i], "--version", NULL};
		struct confine_run run = {.argv = argv, .timeout_ms = VERSION_MS};
		struct confine_result r;
		struct slice line = {0};
		enum status status = confine_run(c, &run, &r, err);
		if (status == ERR_NO_INPUT)
			continue;
		if (status)
			return status;
		struct cursor lines = cursor_over(text_slice(&r.output));
		if (r.end == CONFINE_EXITED && r.code == 0 && cursor_line(&lines, &line, NULL)) {
			char shown[512];
			run_last_line(line, shown, sizeof shown);
			snprintf(ret->version[i], sizeof ret->version[i], "%s%.*s", i == TASK_JAVASCRIPT ? "Node.js " : "",
				 (int)sizeof ret->version[i] - 9, shown);
		}
		confine_result_free(&r);
	}
	return OK;
}
