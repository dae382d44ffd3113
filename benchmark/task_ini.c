/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task_ini.h"

#include "core/clock.h"
#include "core/duration.h"

#include <ini.h>
#include <string.h>

struct reading {
	struct task *task;
	struct cursor rest; /* the lines that are still to come */
	unsigned line;
	unsigned given; /* a bit for each of `keys` */
	bool section;   /* [task] was there */
	struct error problem;
};

typedef enum status set_fn(struct task *t, const char *value, struct error *err);

/* One of the words that `name` gives for 0 to `count` - 1. */
static enum status choose(const char *value, const char *(*name)(size_t i), size_t count, size_t *ret,
			  struct error *err)
{
	for (*ret = 0; *ret < count; ++*ret)
		if (!strcmp(value, name(*ret)))
			return OK;
	return fail(err, ERR_CONFIG, "\"%s\" is none of those that there are", value);
}

static const char *language_name(size_t i)
{
	return task_language_name((enum task_language)i);
}

static const char *difficulty_name(size_t i)
{
	return task_difficulty_name((enum task_difficulty)i);
}

static enum status set_title(struct task *t, const char *value, struct error *err)
{
	if (!*value || !slice_to_string(slice_of_string(value), t->title, sizeof t->title))
		return fail(err, ERR_CONFIG, "a title has 1 to %d bytes", TASK_ID_MAX - 1);
	return OK;
}

static enum status set_language(struct task *t, const char *value, struct error *err)
{
	size_t found;
	if (choose(value, language_name, TASK_LANGUAGES, &found, err))
		return fail_in(err, "language (python, c, javascript, shell)");
	t->language = (enum task_language)found;
	return OK;
}

static enum status set_difficulty(struct task *t, const char *value, struct error *err)
{
	size_t found;
	if (choose(value, difficulty_name, TASK_DIFFICULTIES, &found, err))
		return fail_in(err, "difficulty (easy, middle, hard)");
	t->difficulty = (enum task_difficulty)found;
	return OK;
}

/* The path of a file, by the rules for such. */
static enum status keep_path(const char *value, char ret[static TASK_PATH_MAX], struct error *err)
{
	struct task_files none = {0};
	enum status status = task_files_put(&none, value, slice_of(NULL, 0), err);
	task_files_free(&none);
	if (!status && !slice_to_string(slice_of_string(value), ret, TASK_PATH_MAX))
		status = fail(err, ERR_INTERNAL, "a path that was checked does not fit");
	return status;
}

static enum status set_answer(struct task *t, const char *value, struct error *err)
{
	return keep_path(value, t->answer, err) ? fail_in(err, "answer") : OK;
}

static enum status set_visible(struct task *t, const char *value, struct error *err)
{
	if (!slice_starts(slice_of_string(value), "test_visible."))
		return fail(err, ERR_CONFIG, "visible is the test test_visible.py, .c, .js or .sh of start/, not \"%s\"", value);
	return keep_path(value, t->visible, err) ? fail_in(err, "visible") : OK;
}

static enum status set_timeout(struct task *t, const char *value, struct error *err)
{
	int64_t ns, most = TASK_TIMEOUT_MS_MAX * CLOCK_MILLISECOND;
	if (duration_parse(value, "timeout", &ns, err))
		return ERR_CONFIG;
	if (ns < 100 * CLOCK_MILLISECOND || ns > most)
		return fail(err, ERR_CONFIG, "timeout is 100ms to 10m, not \"%s\"", value);
	t->timeout_ms = (unsigned)(ns / CLOCK_MILLISECOND);
	return OK;
}

enum key { KEY_TITLE, KEY_LANGUAGE, KEY_DIFFICULTY, KEY_ANSWER, KEY_VISIBLE, KEY_TIMEOUT, KEYS };

static const struct {
	const char *name;
	set_fn *set;
} keys[KEYS] = {
	[KEY_TITLE] = {"title", set_title},
	[KEY_LANGUAGE] = {"language", set_language},
	[KEY_DIFFICULTY] = {"difficulty", set_difficulty},
	[KEY_ANSWER] = {"answer", set_answer},
	[KEY_VISIBLE] = {"visible", set_visible},
	[KEY_TIMEOUT] = {"timeout", set_timeout},
};

/* Called by libinih for each key; 0 stops at this line. */
static int on_key(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	(void)section;
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(key, keys[i].name) != 0)
			continue;
		if (!r->section)
			return !fail(&r->problem, ERR_CONFIG, "%s stands before [task]", key);
		if (r->given & 1u << i)
			return !fail(&r->problem, ERR_CONFIG, "%s is given twice", key);
		r->given |= 1u << i;
		return !keys[i].set(r->task, value ? value : "", &r->problem);
	}
	return !fail(&r->problem, ERR_CONFIG,
		     "unknown key \"%s\"; there are title, language, difficulty, answer, visible and timeout", key);
}

static bool is_text(struct slice line)
{
	for (size_t i = 0; i < line.size; i++)
		if ((line.at[i] < ' ' && line.at[i] != '\t') || line.at[i] == 0x7f)
			return false;
	return true;
}

/* Hands libinih the next line, without what it would misread in silence: it cuts long
 * lines and takes an indented one for more of the one before. */
static char *next_line(char *ret, int capacity, void *stream)
{
	struct reading *r = stream;
	struct slice line;
	if (r->problem.status || capacity < 8 || !cursor_line(&r->rest, &line, NULL))
		return NULL;
	r->line++;
	if (r->line == 1 && slice_starts(line, "\xef\xbb\xbf"))
		line = slice_part(line, 3, line.size);
	line = slice_trim(line);
	enum status status = OK;
	if (!is_text(line))
		status = fail(&r->problem, ERR_CONFIG, "a control character");
	else if (line.size > (size_t)capacity - 3)
		status = fail(&r->problem, ERR_CONFIG, "longer than %d bytes", capacity - 3);
	else if (slice_starts(line, "[") && (r->section || !slice_is(line, "[task]")))
		status = fail(&r->problem, ERR_CONFIG, "there is one section, [task]");
	if (status)
		return NULL;
	r->section = r->section || slice_starts(line, "[");
	memcpy(ret, line.at ? (const char *)line.at : "", line.size);
	memcpy(ret + line.size, "\n", 2);
	return ret;
}

/* Which keys there must be, and which must not. */
static enum status check_given(const struct reading *r, struct error *err)
{
	enum task_suite suite = r->task->suite;
	bool one_file = suite == TASK_COMPLETE || suite == TASK_REPAIR;
	bool tested = suite == TASK_REPAIR || suite == TASK_AGENT;
	const bool needed[KEYS] = {
		[KEY_TITLE] = true,   [KEY_LANGUAGE] = true, [KEY_DIFFICULTY] = true,
		[KEY_ANSWER] = one_file, [KEY_VISIBLE] = tested,
	};
	for (size_t i = 0; i < KEYS; i++)
		if (needed[i] && !(r->given & 1u << i))
			return fail(err, ERR_CONFIG, "%s is missing; the suite %s needs it", keys[i].name,
				    task_suite_name(suite));
	if (!one_file && r->given & 1u << KEY_ANSWER)
		return fail(err, ERR_CONFIG, "an answer of the suite %s is several files; leave out the key answer",
			    task_suite_name(suite));
	return OK;
}

enum status task_ini_parse(struct slice text, struct task *ret, struct error *err)
{
	struct reading r = {.task = ret, .rest = cursor_over(text)};
	ret->timeout_ms = TASK_TIMEOUT_MS;
	int line = ini_parse_stream(next_line, &r, on_key, &r);
	if (!r.problem.status && line != 0) {
		r.line = line > 0 ? (unsigned)line : 0;
		(void)fail(&r.problem, ERR_CONFIG, "neither [task] nor key = value");
	}
	if (r.problem.status) {
		r.problem.status = ERR_CONFIG;
		(void)fail_in(&r.problem, "line %u", r.line);
		if (err)
			*err = r.problem;
		return ERR_CONFIG;
	}
	return check_given(&r, err);
}
