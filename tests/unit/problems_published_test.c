/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HumanEval as published, where it is there: $CASES (../shared/cases) has
 * benchmark/human-eval/HumanEval.jsonl.gz. Its own answers pass; the same made wrong in
 * ways that cannot be right do not.
 */
#include "tests/unit/confined.h"
#include "tests/unit/each.h"

#include "benchmark/judge.h"
#include "benchmark/problems.h"

/* What is put behind an answer; %s is the function. Each gives something that no test of
 * the 164 takes. */
static const char *const spoilers[] = {
	"\n_f = %s\ndef %s(*a):\n    return [_f(*a)]\n",
	"\n_f = %s\ndef %s(*a):\n    _f(*a)\n    raise KeyError('spoiled')\n",
	"\n_f = %s\nclass Yes:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return True\n"
	"    def __bool__(self): return False\ndef %s(*a):\n    return Yes(_f(*a))\n",
	"\nimport os\n_f = %s\ndef %s(*a):\n    _f(*a)\n    print('ok', flush=True)\n    os._exit(0)\n",
	"\nimport sys\n_f = %s\ndef %s(*a):\n    sys.exit(0)\n",
	"\n_f = %s\ndef %s(*a):\n    return {'it': _f(*a)}\n",
};

static struct tasks published;

static bool judge(const struct task *task, const char *before, const char *answer, const char *behind,
		  struct verdict_of_run *ret)
{
	struct task_files files = {0};
	struct error err = {0};
	struct text whole = text_make(TASK_FILE_MAX);
	text_add_string(&whole, before);
	text_add_string(&whole, answer);
	text_add_string(&whole, behind);
	files_add(&files, "answer.py", text_slice(&whole));
	enum status status = judge_answer(confined, task, &files, ret, &err);
	if (status)
		print_error("%s: %s\n", task->id, err.text);
	files_free(&files);
	text_free(&whole);
	return status == OK;
}

static bool passes(size_t i, void *context)
{
	const struct task *task = &published.at[i];
	struct verdict_of_run v;
	bool whole = context != NULL;
	bool good = judge(task, whole ? text_string(&task->setup) : "", text_string(&task->solution), "", &v) &&
		    v.outcome == OUTCOME_PASSED;
	if (!good)
		print_error("%s: %s %s\n", task->id, outcome_name(v.outcome), v.detail);
	return good;
}

static bool is_spoiled(size_t i, void *context)
{
	const struct task *task = &published.at[i];
	struct verdict_of_run v;
	char behind[1024];
	(void)context;
	/* of our own table, one of them for each problem */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(behind, sizeof behind, spoilers[i % LENGTH(spoilers)], task->entry_point, task->entry_point);
#pragma GCC diagnostic pop
	bool good = judge(task, text_string(&task->setup), text_string(&task->solution), behind, &v) &&
		    v.outcome != OUTCOME_PASSED && v.outcome != OUTCOME_TIMEOUT;
	if (!good)
		print_error("%s (%zu): %s %s\n", task->id, i % LENGTH(spoilers), outcome_name(v.outcome), v.detail);
	return good;
}

/* As what continues the prompt, and as a whole function with the prompt before it. */
static void its_answers_pass(void **state)
{
	(void)state;
	if (published.count == 0)
		skip();
	assert_int_equal(published.count, 164);
	assert_int_equal(each_run(published.count, passes, NULL), 0);
	assert_int_equal(each_run(published.count / 8, passes, &published), 0);
}

static void spoiled_answers_do_not(void **state)
{
	(void)state;
	if (published.count == 0)
		skip();
	assert_int_equal(each_run(published.count, is_spoiled, NULL), 0);
}

static int open_all(void **state)
{
	const char *cases = getenv("CASES"), *srcdir = getenv("SRCDIR");
	char path[4096];
	struct error err = {0};
	if (cases)
		snprintf(path, sizeof path, "%s/benchmark/human-eval/HumanEval.jsonl.gz", cases);
	else
		snprintf(path, sizeof path, "%s/../shared/cases/benchmark/human-eval/HumanEval.jsonl.gz", srcdir ? srcdir : ".");
	if (access(path, R_OK) == 0 && problems_load(path, &published, &err)) {
		print_error("%s\n", err.text);
		return -1;
	}
	return confined_open(state);
}

static int close_all(void **state)
{
	tasks_free(&published);
	return confined_close(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_answers_pass),
		cmocka_unit_test(spoiled_answers_do_not),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
