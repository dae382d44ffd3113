/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task_read.h"

#include "benchmark/task_ini.h"

#include <stdio.h>
#include <string.h>

static const char *const endings[] = {
	[TASK_PYTHON] = "py", [TASK_C] = "c", [TASK_JAVASCRIPT] = "js", [TASK_SHELL] = "sh",
};

_Static_assert(LENGTH(endings) == TASK_LANGUAGES, "each language has an ending");

/* Suites that are folders of tasks, not published files. */
static bool suite_of(struct slice name, enum task_suite *ret)
{
	static const enum task_suite all[] = {TASK_COMPLETE, TASK_REPAIR, TASK_EDIT, TASK_AGENT};
	for (size_t i = 0; i < LENGTH(all); i++) {
		*ret = all[i];
		if (slice_is(name, task_suite_name(all[i])))
			return true;
	}
	return false;
}

static bool is_plain_name(struct slice name)
{
	for (struct cursor c = cursor_over(name); cursor_left(&c);) {
		unsigned char byte = cursor_u8(&c);
		if (!(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9') && byte != '-')
			return false;
	}
	return true;
}

/* What stands behind the '/' of an id. */
static struct slice name_of(const struct task *task)
{
	struct slice id = slice_of_string(task->id);
	return slice_part(id, slice_find(id, '/') + 1, id.size);
}

enum status task_read_begin(struct task *task, const char *id, struct error *err)
{
	*task = (struct task){.prompt = text_make(TASK_PROMPT_MAX), .expected = text_make(TASK_FILE_MAX)};
	struct slice all = slice_of_string(id);
	if (!slice_to_string(all, task->id, sizeof task->id))
		return fail(err, ERR_CONFIG, "%s: longer than %d bytes", id, TASK_ID_MAX - 1);
	if (!suite_of(slice_part(all, 0, slice_find(all, '/')), &task->suite))
		return fail(err, ERR_CONFIG, "%s: no such suite; there are complete, repair, edit and agent", id);
	if (!is_plain_name(name_of(task)))
		return fail(err, ERR_CONFIG, "%s: a task is named with lower-case letters, digits and -", id);
	return OK;
}

/* What a model is shown travels as JSON, and is text for it. */
static enum status check_shown(struct slice content, struct error *err)
{
	size_t line = 1;
	uint32_t code;
	for (struct cursor c = cursor_over(content); cursor_left(&c);) {
		size_t size = text_utf8(cursor_rest(&c), &code);
		if (!size || !code)
			return fail(err, ERR_CONFIG, "line %zu: not UTF-8 text; a model is shown this file", line);
		line += code == '\n';
		cursor_skip(&c, size);
	}
	return OK;
}

static enum status keep(struct text *ret, struct slice content, struct error *err)
{
	text_add(ret, content);
	return ret->overflow ? fail(err, ERR_LIMIT, "larger than %zu bytes", ret->max) : OK;
}

bool task_read_trial(const char *path, struct slice *ret_name, size_t *ret_below)
{
	struct slice all = slice_of_string(path);
	struct slice name = slice_part(all, 0, slice_find(all, '/'));
	uint64_t number;
	if (name.size + 1 >= all.size)
		return false;
	*ret_name = name;
	*ret_below = name.size + 1;
	if (slice_is(name, "reference"))
		return true;
	struct slice digits = slice_part(name, strlen("wrong-"), name.size);
	return slice_starts(name, "wrong-") && !slice_starts(digits, "0") &&
	       slice_u64(digits, TASK_WRONG_MAX, &number) && number > 0;
}

enum status task_read_file(struct task *task, const char *path, struct slice content, struct error *err)
{
	struct slice all = slice_of_string(path), name;
	size_t below;
	if (slice_is(all, "task.ini"))
		return content.size > TASK_INI_MAX ? fail(err, ERR_LIMIT, "larger than %d bytes", TASK_INI_MAX)
						   : task_ini_parse(content, task, err);
	if (slice_is(all, "prompt.md"))
		return check_shown(content, err) ? ERR_CONFIG : keep(&task->prompt, content, err);
	if (slice_is(all, "expected"))
		return keep(&task->expected, content, err);
	if (slice_starts(all, "start/"))
		return check_shown(content, err) ? ERR_CONFIG
						 : task_files_put(&task->start, path + strlen("start/"), content, err);
	if (slice_starts(all, "tests/"))
		return task_files_put(&task->tests, path + strlen("tests/"), content, err);
	if (task_read_trial(path, &name, &below))
		return OK;
	return fail(err, ERR_CONFIG,
		    "is no part of a task, which has task.ini, prompt.md, expected, start/, tests/, reference/ and "
		    "wrong-1/ to wrong-%d/; remove it", TASK_WRONG_MAX);
}

static enum status check_language(const struct task *task, struct error *err)
{
	const char *language = task_language_name(task->language), *ending = endings[task->language];
	char driver[16], visible[32];
	(void)snprintf(driver, sizeof driver, "driver.%s", ending);
	(void)snprintf(visible, sizeof visible, "test_visible.%s", ending);
	struct slice name = name_of(task);
	if (!slice_starts(name, language) || !slice_starts(slice_part(name, strlen(language), name.size), "-"))
		return fail(err, ERR_CONFIG, "its folder is to be named %s-NAME, as task.ini says its language is %s",
			    language, language);
	if (!task_files_find(&task->tests, driver))
		return fail(err, ERR_CONFIG, "tests/%s is missing", driver);
	if (*task->visible && strcmp(task->visible, visible) != 0)
		return fail(err, ERR_CONFIG, "task.ini: visible is to be %s, as the language is %s", visible, language);
	return OK;
}

enum status task_read_end(const struct task *task, struct error *err)
{
	if (!*task->title)
		return fail(err, ERR_CONFIG, "task.ini is missing");
	if (!task->prompt.size)
		return fail(err, ERR_CONFIG, "prompt.md is missing or empty");
	if (!task->expected.size)
		return fail(err, ERR_CONFIG, "expected is missing or empty: what tests/driver.* says of a right answer");
	enum status status = check_language(task, err);
	if (status)
		return status;
	if (*task->visible && !task_files_find(&task->start, task->visible))
		return fail(err, ERR_CONFIG, "start/%s is missing, which task.ini names", task->visible);
	if (task->suite == TASK_REPAIR && !task_files_find(&task->start, task->answer))
		return fail(err, ERR_CONFIG, "start/%s is missing, which is to be repaired", task->answer);
	if (task->suite != TASK_COMPLETE && !task->start.count)
		return fail(err, ERR_CONFIG, "start/ is missing: what there is to change");
	return OK;
}
