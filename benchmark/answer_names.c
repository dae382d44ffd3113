/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which names a task asks for (those that its prompt calls, or sets in backquotes), and
 * which of them a piece of code defines. No parser of four languages: a line at the left
 * margin is looked at, and only to choose between several blocks.
 */
#include "benchmark/answer_parts.h"

#include <ctype.h>

enum { NAME_LEAST = 2, NAME_MOST = 64 };

static size_t name_size(struct slice text)
{
	size_t n = 0;
	while (n < text.size && (isalnum(text.at[n]) || text.at[n] == '_' || text.at[n] == '$'))
		n++;
	return n;
}

static void add(struct answer_names *n, struct slice name)
{
	if (name.size > NAME_MOST || isdigit(name.at[0]) || n->count == LENGTH(n->at))
		return;
	for (size_t i = 0; i < n->count; i++)
		if (slice_equal(n->at[i], name))
			return;
	n->at[n->count++] = name;
}

void answer_names(const struct task *task, struct answer_names *ret)
{
	struct slice text = text_slice(&task->prompt);
	unsigned char before = 0;
	ret->count = 0;
	if (task->entry_point[0]) {
		add(ret, slice_of_string(task->entry_point));
		return;
	}
	while (text.size > 0) {
		size_t size = name_size(text);
		unsigned char behind = size < text.size ? text.at[size] : 0;
		if (size >= NAME_LEAST && (behind == '(' || (before == '`' && behind == '`')))
			add(ret, slice_part(text, 0, size));
		size_t step = size ? size : 1;
		before = text.at[step - 1];
		text = slice_part(text, step, text.size);
	}
}

static bool take(struct slice *line, const char *word)
{
	size_t size = slice_of_string(word).size;
	if (!slice_starts(*line, word) || size == line->size || (line->at[size] != ' ' && line->at[size] != '\t'))
		return false;
	*line = slice_part(*line, size, line->size);
	while (line->size > 0 && (line->at[0] == ' ' || line->at[0] == '\t' || line->at[0] == '*'))
		*line = slice_part(*line, 1, line->size);
	return true;
}

/* "static int name(…) {" and "name() {": the name in front of the first bracket, on a line
 * that does not end a statement. */
static struct slice called(struct slice line)
{
	struct slice none = {0};
	size_t bracket = slice_find(line, '('), from = bracket;
	struct slice end = slice_trim(line);
	if (bracket == line.size || end.at[end.size - 1] == ';')
		return none;
	while (from > 0 && name_size(slice_part(line, from - 1, 1)) == 1 && bracket - from < NAME_MOST)
		from--;
	return slice_part(line, from, bracket - from);
}

static struct slice defined(enum task_language language, struct slice line)
{
	static const char *const prefixes[] = {"export", "default", "async", "static"},
				 *const keywords[] = {"def", "class", "function", "function*", "const", "let", "var", "struct"};
	struct slice none = {0};
	/* of a line without end the first part tells */
	line = slice_part(line, 0, 512);
	if (line.size == 0 || isspace(line.at[0]))
		return none;
	for (size_t i = 0; i < LENGTH(prefixes); i++)
		take(&line, prefixes[i]);
	for (size_t i = 0; i < LENGTH(keywords); i++)
		if (take(&line, keywords[i]))
			return slice_part(line, 0, name_size(line));
	if (language == TASK_C || language == TASK_SHELL)
		return called(line);
	if (slice_starts(line, "exports.") || slice_starts(line, "module.exports.")) {
		line = slice_part(line, slice_search(line, SLICE("exports.")) + 8, line.size);
		return slice_part(line, 0, name_size(line));
	}
	size_t size = name_size(line);
	struct slice rest = slice_trim(slice_part(line, size, line.size));
	return slice_starts(rest, "=") && !slice_starts(rest, "==") ? slice_part(line, 0, size) : none;
}

unsigned answer_defines(const struct task *task, const struct answer_names *names, struct slice code)
{
	struct cursor lines = cursor_over(code);
	struct slice line;
	uint64_t seen = 0;
	while (cursor_line(&lines, &line, NULL)) {
		struct slice name = defined(task->language, line);
		for (size_t i = 0; name.size > 0 && i < names->count; i++)
			if (slice_equal(names->at[i], name))
				seen |= UINT64_C(1) << i;
	}
	unsigned count = 0;
	for (; seen; seen &= seen - 1)
		count++;
	return count;
}
