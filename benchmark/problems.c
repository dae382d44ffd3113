/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One JSON object a line, or an array of them, of either kind, told by its keys; others are
 * passed over:
 *
 *   HumanEval  {"task_id": "HumanEval/0", "prompt": "def f(x):\n    \"\"\"…\"\"\"\n",
 *               "entry_point": "f", "canonical_solution": "    return x\n",
 *               "test": "def check(candidate):\n    assert candidate(1) == 1\n"}
 *   MBPP       {"task_id": 11, "text": "Write a function …", "code": "def f(x): …",
 *               "test_list": ["assert f(1) == 1", …], "test_setup_code": "",
 *               "challenge_test_list": […]}, or in its sanitised form "prompt" in the
 *               place of "text" and "test_imports": ["import math"] of the setup code
 */
#include "benchmark/problems.h"

#include "benchmark/problems_mbpp.h"
#include "benchmark/problems_unpack.h"
#include "core/auto.h"
#include "core/hash.h"
#include "core/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field {
	TASK_ID, PROMPT, TEXT, ENTRY_POINT, SOLUTION, TEST, CODE, TEST_LIST, TEST_SETUP, TEST_IMPORTS, CHALLENGE, FIELDS
};

static const struct json_member members[FIELDS] = {
	[TASK_ID] = {.key = "task_id"},	    [PROMPT] = {.key = "prompt"},
	[TEXT] = {.key = "text"},	    [ENTRY_POINT] = {.key = "entry_point"},
	[SOLUTION] = {.key = "canonical_solution"}, [TEST] = {.key = "test"},
	[CODE] = {.key = "code"},	    [TEST_LIST] = {.key = "test_list"},
	[TEST_SETUP] = {.key = "test_setup_code"}, [TEST_IMPORTS] = {.key = "test_imports"},
	[CHALLENGE] = {.key = "challenge_test_list"},
};

#define ASKED "You are an expert Python programmer, and here is your task: "
#define TESTED " Your code should pass these tests:\n\n"

static enum status add_string(const struct json_member *m, struct text *to, struct error *err)
{
	AUTO_FREE char *buffer = must_alloc(m->value.raw.size + 1, 1);
	struct slice plain;
	if (m->value.type != JSON_STRING || !json_string(&m->value, buffer, m->value.raw.size + 1, &plain))
		return fail(err, ERR_MALFORMED, "\"%s\" is no string", m->key);
	text_add(to, plain);
	return to->overflow ? fail(err, ERR_LIMIT, "\"%s\" is longer than %zu bytes", m->key, to->max) : OK;
}

/* Lines, one a string. */
static enum status add_strings(const struct json_member *m, struct text *to, struct error *err)
{
	if (m->value.type != JSON_ARRAY)
		return fail(err, ERR_MALFORMED, "\"%s\" is no list of strings", m->key);
	struct cursor c = json_array(&m->value);
	struct json_member one = {.key = m->key};
	size_t count = 0;
	while (json_next(&c, &one.value)) {
		if (count++ >= PROBLEMS_TESTS_MAX)
			return fail(err, ERR_LIMIT, "\"%s\" has more than %d strings", m->key, PROBLEMS_TESTS_MAX);
		enum status status = add_string(&one, to, err);
		if (status)
			return status;
		text_add_char(to, '\n');
	}
	return OK;
}

static bool is_name(struct slice s)
{
	for (size_t i = 0; i < s.size; i++) {
		unsigned char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return s.size > 0;
}

static bool is_id(struct slice s)
{
	for (size_t i = 0; i < s.size; i++)
		if (s.at[i] <= ' ' || s.at[i] >= 0x7f)
			return false;
	return s.size > 0;
}

static enum status take_id(const struct json_member *m, struct task *t, struct error *err)
{
	uint64_t number;
	struct text id = text_make(TASK_ID_MAX - 1);
	enum status status = OK;
	if (json_u64(&m->value, INT32_MAX, &number))
		text_addf(&id, "MBPP/%llu", (unsigned long long)number);
	else
		status = add_string(m, &id, err);
	if (!status && !is_id(text_slice(&id)))
		status = fail(err, ERR_MALFORMED, "\"task_id\" is no name");
	snprintf(t->id, sizeof t->id, "%s", text_string(&id));
	text_free(&id);
	return status;
}

static enum status take_humaneval(const struct json_member m[FIELDS], struct task *t, struct error *err)
{
	struct text entry = text_make(TASK_ID_MAX - 1);
	t->suite = TASK_HUMANEVAL;
	enum status status = add_string(&m[ENTRY_POINT], &entry, err);
	if (!status && !is_name(text_slice(&entry)))
		status = fail(err, ERR_MALFORMED, "\"entry_point\" is no name of a function");
	snprintf(t->entry_point, sizeof t->entry_point, "%s", text_string(&entry));
	text_free(&entry);
	if (!status)
		status = add_string(&m[PROMPT], &t->prompt, err);
	if (!status)
		status = add_string(&m[PROMPT], &t->setup, err);
	if (!status)
		status = add_string(&m[TEST], &t->check, err);
	if (!status && m[SOLUTION].value.type != JSON_ABSENT)
		status = add_string(&m[SOLUTION], &t->solution, err);
	return status;
}

static enum status take_mbpp(const struct json_member m[FIELDS], struct task *t, struct error *err)
{
	t->suite = TASK_MBPP;
	enum status status = add_strings(&m[TEST_LIST], &t->check, err);
	if (!status && t->check.size == 0)
		status = fail(err, ERR_MALFORMED, "\"test_list\" is empty");
	text_add_string(&t->prompt, ASKED);
	if (!status)
		status = add_string(&m[m[TEXT].value.type == JSON_ABSENT ? PROMPT : TEXT], &t->prompt, err);
	text_add_string(&t->prompt, TESTED);
	text_add(&t->prompt, text_slice(&t->check));
	if (!status)
		status = add_string(&m[CODE], &t->solution, err);
	if (!status && m[TEST_IMPORTS].value.type != JSON_ABSENT)
		status = add_strings(&m[TEST_IMPORTS], &t->setup, err);
	if (!status && m[TEST_SETUP].value.type != JSON_ABSENT)
		status = add_string(&m[TEST_SETUP], &t->setup, err);
	if (!status && t->prompt.overflow)
		status = fail(err, ERR_LIMIT, "what is asked is longer than %d bytes", TASK_PROMPT_MAX);
	return status;
}

static enum status take_line(struct slice line, struct task *t, struct error *err)
{
	struct json_member m[FIELDS];
	size_t at = 0;
	if (line.size > PROBLEMS_LINE_MAX)
		return fail(err, ERR_LIMIT, "longer than %d bytes", PROBLEMS_LINE_MAX);
	memcpy(m, members, sizeof m);
	const char *wrong = json_read_object(line, m, FIELDS, &at);
	if (wrong)
		return fail(err, ERR_MALFORMED, "byte %zu: %s", at, wrong);
	*t = (struct task){.language = TASK_PYTHON, .difficulty = TASK_MIDDLE, .answer = "answer.py",
			   .timeout_ms = PROBLEMS_TIMEOUT_MS, .prompt = text_make(TASK_PROMPT_MAX),
			   .check = text_make(TASK_FILE_MAX), .setup = text_make(TASK_FILE_MAX),
			   .solution = text_make(TASK_FILE_MAX)};
	enum status status = take_id(&m[TASK_ID], t, err);
	if (status)
		return status;
	memcpy(t->title, t->id, sizeof t->title);
	if (m[ENTRY_POINT].value.type != JSON_ABSENT && m[TEST].value.type != JSON_ABSENT)
		return take_humaneval(m, t, err);
	if (m[TEST_LIST].value.type != JSON_ABSENT)
		return take_mbpp(m, t, err);
	return fail(err, ERR_MALFORMED, "neither a problem of HumanEval (entry_point and test) nor one of MBPP (test_list)");
}

static int by_id(const void *a, const void *b)
{
	const struct task *left = a, *right = b;
	return strcmp(left->id, right->id);
}

static enum status sort(struct tasks *tasks, struct error *err)
{
	if (tasks->count == 0)
		return fail(err, ERR_MALFORMED, "no problem in it");
	qsort(tasks->at, tasks->count, sizeof *tasks->at, by_id);
	for (size_t i = 1; i < tasks->count; i++)
		if (!strcmp(tasks->at[i].id, tasks->at[i - 1].id))
			return fail(err, ERR_MALFORMED, "the problem %s is there twice", tasks->at[i].id);
	return OK;
}

static enum status add_problem(struct slice object, struct tasks *ret, struct error *err)
{
	if (ret->count == TASK_COUNT_MAX)
		return fail(err, ERR_LIMIT, "more than %d problems", TASK_COUNT_MAX);
	if (ret->count % 64 == 0)
		ret->at = must_realloc(ret->at, ret->count + 64, sizeof *ret->at);
	struct task *t = &ret->at[ret->count++];
	*t = (struct task){0};
	return take_line(object, t, err);
}

static enum status read_lines(struct slice text, struct tasks *ret, struct error *err)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	for (size_t number = 1; cursor_line(&lines, &line, NULL); number++)
		if (slice_trim(line).size > 0 && add_problem(line, ret, err))
			return fail_in(err, "line %zu", number);
	return OK;
}

/* As the sanitised MBPP is published. */
static enum status read_array(struct slice text, struct tasks *ret, struct error *err)
{
	struct json_value root, element;
	size_t at = 0;
	const char *wrong = json_read(text, &root, &at);
	if (wrong)
		return fail(err, ERR_MALFORMED, "byte %zu: %s", at, wrong);
	struct cursor elements = json_array(&root);
	for (size_t number = 1; json_next(&elements, &element); number++)
		if (add_problem(element.raw, ret, err))
			return fail_in(err, "problem %zu", number);
	return OK;
}

enum status problems_read(struct slice text, const char *name, struct tasks *ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	struct slice begin = text;
	*ret = (struct tasks){0};
	while (begin.size > 0 && begin.at[0] && strchr(" \t\r\n", begin.at[0]))
		begin = slice_part(begin, 1, begin.size);
	enum status status = slice_starts(begin, "[") ? read_array(begin, ret, err) : read_lines(text, ret, err);
	if (!status)
		status = sort(ret, err);
	if (!status)
		problems_mbpp(ret);
	if (status) {
		tasks_free(ret);
		return fail_in(err, "%s", name);
	}
	hash_bytes(text, digest);
	hash_text(digest, ret->sha256);
	return OK;
}

enum status problems_load(const char *path, struct tasks *ret, struct error *err)
{
	AUTO_TEXT struct text text = text_make(PROBLEMS_FILE_MAX);
	enum status status = problems_unpack(path, &text, err);
	return status ? status : problems_read(text_slice(&text), path, ret, err);
}
