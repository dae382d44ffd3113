/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a fenced block is said to be. Models write the language and the path in many ways:
 *
 *   ```python            ```python src/a.py      ```python:src/a.py     ```src/a.py
 *   ```python title="src/a.py"                   ```{.python filename=src/a.py}
 *   FILE: src/a.py       **File: `src/a.py`**    ### `src/a.py`:
 */
#include "benchmark/answer_parts.h"

#include <ctype.h>
#include <stdio.h>

enum { INFO_WORDS_MAX = 16, INFO_MAX = 512, LINE_MAX_BYTES = 512 };

static const struct {
	const char *name;
	enum task_language language; /* TASK_LANGUAGES: none of ours */
} languages[] = {
	{"python", TASK_PYTHON}, {"py", TASK_PYTHON}, {"python3", TASK_PYTHON}, {"py3", TASK_PYTHON},
	{"c", TASK_C}, {"h", TASK_C}, {"c17", TASK_C}, {"c11", TASK_C}, {"c99", TASK_C}, {"cpp", TASK_C},
	{"c++", TASK_C},
	{"javascript", TASK_JAVASCRIPT}, {"js", TASK_JAVASCRIPT}, {"node", TASK_JAVASCRIPT},
	{"nodejs", TASK_JAVASCRIPT}, {"cjs", TASK_JAVASCRIPT}, {"mjs", TASK_JAVASCRIPT}, {"jsx", TASK_JAVASCRIPT},
	{"shell", TASK_SHELL}, {"sh", TASK_SHELL}, {"bash", TASK_SHELL}, {"zsh", TASK_SHELL},
	{"shellscript", TASK_SHELL},
	{"console", TASK_LANGUAGES}, {"text", TASK_LANGUAGES}, {"txt", TASK_LANGUAGES},
	{"plaintext", TASK_LANGUAGES}, {"plain", TASK_LANGUAGES}, {"output", TASK_LANGUAGES},
	{"json", TASK_LANGUAGES}, {"yaml", TASK_LANGUAGES}, {"toml", TASK_LANGUAGES}, {"ini", TASK_LANGUAGES},
	{"xml", TASK_LANGUAGES}, {"html", TASK_LANGUAGES}, {"css", TASK_LANGUAGES}, {"csv", TASK_LANGUAGES},
	{"markdown", TASK_LANGUAGES}, {"md", TASK_LANGUAGES}, {"pycon", TASK_LANGUAGES},
	{"makefile", TASK_LANGUAGES}, {"make", TASK_LANGUAGES}, {"cmake", TASK_LANGUAGES},
	{"dockerfile", TASK_LANGUAGES}, {"sql", TASK_LANGUAGES}, {"java", TASK_LANGUAGES},
	{"typescript", TASK_LANGUAGES}, {"ts", TASK_LANGUAGES}, {"go", TASK_LANGUAGES}, {"rust", TASK_LANGUAGES},
	{"ruby", TASK_LANGUAGES}, {"csharp", TASK_LANGUAGES}, {"kotlin", TASK_LANGUAGES},
	{"powershell", TASK_LANGUAGES}, {"tool_call", TASK_LANGUAGES},
};

static bool is_one_of(unsigned char byte, const char *set)
{
	return byte && slice_find(slice_of_string(set), byte) < slice_of_string(set).size;
}

static struct slice strip(struct slice word, const char *set)
{
	while (word.size > 0 && is_one_of(word.at[0], set))
		word = slice_part(word, 1, word.size);
	while (word.size > 0 && is_one_of(word.at[word.size - 1], set))
		word.size--;
	return word;
}

/* A path as tasks have them. Whether it leads out of the folder is judged where it is used. */
static bool is_path(struct slice word)
{
	bool marked = false;
	if (word.size == 0 || word.size >= TASK_PATH_MAX)
		return false;
	for (size_t i = 0; i < word.size; i++) {
		if (!isalnum(word.at[i]) && !is_one_of(word.at[i], "._-+/\\"))
			return false;
		marked = marked || is_one_of(word.at[i], "./\\");
	}
	/* "1." of a list is none, "e.g." and "..." neither */
	return marked && isalnum(word.at[word.size - 1]);
}

static bool is_known(const struct task *task, struct slice word)
{
	if (word.size > 0 && slice_is(word, task->answer))
		return true;
	for (size_t i = 0; i < task->start.count; i++)
		if (slice_is(word, task->start.at[i].path))
			return true;
	return false;
}

static bool keep_path(struct slice word, char ret[static TASK_PATH_MAX])
{
	while (slice_starts(word, "./"))
		word = slice_part(word, 2, word.size);
	return slice_to_string(word, ret, TASK_PATH_MAX);
}

static bool after_word(struct slice line, const char *word, struct slice *ret)
{
	size_t size = slice_of_string(word).size;
	if (!slice_is_nocase(slice_part(line, 0, size), word))
		return false;
	*ret = slice_part(line, size, line.size);
	return true;
}

/* A line of prose that names a file ("FILE: a.py", "### `a.py`"); without the word FILE
 * only one that the task knows. */
static bool line_names(const struct task *task, struct slice line, char ret[static TASK_PATH_MAX])
{
	static const char DECORATION[] = "#*_`\"'>:-( )\t\r";
	static const char *const words[] = {"file:", "file path:", "filename:", "file name:", "path:"};
	struct slice rest;
	if (line.size > LINE_MAX_BYTES)
		return false;
	line = strip(line, DECORATION);
	for (size_t i = 0; i < LENGTH(words); i++) {
		if (!after_word(line, words[i], &rest))
			continue;
		rest = strip(rest, DECORATION);
		/* "FILE: a.py (new)": what follows is not the path's */
		struct slice first = strip(slice_part(rest, 0, slice_find(rest, ' ')), DECORATION);
		return (is_path(first) || is_known(task, first)) && keep_path(first, ret);
	}
	if (slice_starts(line, "./"))
		line = slice_part(line, 2, line.size);
	return is_known(task, line) && keep_path(line, ret);
}

static bool find_language(struct slice word, enum task_language *ret)
{
	for (size_t i = 0; i < LENGTH(languages); i++) {
		*ret = languages[i].language;
		if (slice_is_nocase(word, languages[i].name))
			return true;
	}
	return false;
}

/* One word of an info string. */
static void take_word(const struct task *task, struct slice word, bool *named, struct answer_label *l)
{
	enum task_language language;
	struct slice bare = strip(word, "{}.,;\"'`()[]"), value = bare;
	size_t equals = slice_find(bare, '=');
	if (equals < bare.size)
		value = strip(slice_part(bare, equals + 1, bare.size), "\"'`{}");
	if (equals == bare.size && !*named && (slice_is_nocase(bare, "diff") || slice_is_nocase(bare, "patch"))) {
		l->kind = ANSWER_DIFF;
		*named = true;
	} else if (equals == bare.size && !*named && find_language(bare, &language)) {
		l->kind = language == task->language ? ANSWER_FITS : ANSWER_OTHER;
		*named = true;
	} else if (!l->path[0] && (is_path(value) || is_known(task, value))) {
		/* with the dots that may lead it, so that "../a.py" stays what it is */
		struct slice whole = equals == bare.size ? strip(word, "{},;\"'`()[]") : value;
		keep_path(whole, l->path);
	}
}

static void take_info(const struct task *task, struct slice info, struct answer_label *l)
{
	bool named = false;
	info = slice_part(info, 0, INFO_MAX);
	for (size_t words = 0; info.size > 0 && words < INFO_WORDS_MAX; words++) {
		size_t size = 0;
		while (size < info.size && !is_one_of(info.at[size], " \t:"))
			size++;
		if (size > 0)
			take_word(task, slice_part(info, 0, size), &named, l);
		info = slice_part(info, size + 1, info.size);
	}
}

/* "# src/a.py" as the first line, where the task knows such a file. */
static void take_first_line(const struct task *task, struct slice inside, struct answer_label *l)
{
	struct slice line = strip(slice_part(inside, 0, slice_find(inside, '\n')), "#/*; \t\r-<>!");
	if (line.size < TASK_PATH_MAX && is_known(task, line))
		keep_path(line, l->path);
}

static bool looks_like_diff(struct slice inside)
{
	struct cursor lines = cursor_over(inside);
	struct slice line;
	for (size_t i = 0; i < 4 && cursor_line(&lines, &line, NULL); i++) {
		line = slice_trim(line);
		if (slice_starts(line, "diff --git ") || slice_starts(line, "@@ "))
			return true;
		if (slice_starts(line, "--- ") && slice_starts(slice_trim(cursor_rest(&lines)), "+++ "))
			return true;
	}
	return false;
}

struct answer_label answer_label(const struct task *task, const struct answer_fence *f)
{
	struct answer_label l = {.kind = ANSWER_PLAIN};
	char path[TASK_PATH_MAX];
	take_info(task, f->info, &l);
	/* what stands in front is what was asked for; it wins */
	if (line_names(task, f->label, path))
		snprintf(l.path, sizeof l.path, "%s", path);
	if (!l.path[0])
		take_first_line(task, f->inside, &l);
	if (l.kind != ANSWER_OTHER && looks_like_diff(f->inside))
		l.kind = ANSWER_DIFF;
	return l;
}
