/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/command_line.h"

#include <string.h>

static void add_many(struct text *line, char c, size_t count)
{
	while (count--)
		text_add_char(line, c);
}

void command_line_add(struct text *line, const char *word, bool always)
{
	if (line->size)
		text_add_char(line, ' ');
	if (!always && word[0] && !strpbrk(word, " \t\n\v\"")) {
		text_add_string(line, word);
		return;
	}
	size_t backslashes = 0;
	text_add_char(line, '"');
	for (const char *c = word; *c; c++) {
		if (*c == '\\') {
			backslashes++;
			continue;
		}
		/* they stand for themselves, except in front of a quotation mark */
		add_many(line, '\\', *c == '"' ? 2 * backslashes + 1 : backslashes);
		text_add_char(line, *c);
		backslashes = 0;
	}
	add_many(line, '\\', 2 * backslashes);
	text_add_char(line, '"');
}

bool command_line_is_batch(const char *program)
{
	struct slice name = slice_of_string(program);
	struct slice end = slice_part(name, name.size < 4 ? 0 : name.size - 4, 4);
	return slice_is_nocase(end, ".bat") || slice_is_nocase(end, ".cmd");
}

bool command_line_batch_takes(const char *word)
{
	return !strpbrk(word, "\"%\r\n");
}
