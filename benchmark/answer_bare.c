/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reply without a fence: code as it stands, maybe with a sentence before or behind it;
 * or no code at all, because the model declined.
 */
#include "benchmark/answer_parts.h"

#include <ctype.h>

/* How a line at the left margin begins that prose does not begin with. */
static const char *const starts[TASK_LANGUAGES][20] = {
	[TASK_PYTHON] = {"def ", "class ", "import ", "from ", "async def ", "@", "\"\"\"", "#!", "if __name__"},
	[TASK_C] = {"#include", "#define", "#if", "typedef ", "struct ", "static ", "int ", "void ", "char ",
		    "size_t ", "bool ", "unsigned ", "const ", "enum ", "long ", "double ", "/*", "//", "uint", "extern "},
	[TASK_JAVASCRIPT] = {"function", "const ", "let ", "var ", "class ", "'use strict'", "\"use strict\"",
			     "async function", "module.exports", "exports.", "//", "/*", "#!", "import "},
	[TASK_SHELL] = {"#!", "set -", "function ", "local ", "export ", "shopt ", "while ", "for ", "if [", "if (",
			"case "},
};

/* "name() {" begins a function in the shell; "from the file" is a sentence in Python. */
static bool is_code(enum task_language language, struct slice line)
{
	if (language == TASK_SHELL && slice_search(slice_part(line, 0, 80), SLICE("() {")) < 80 &&
	    slice_find(slice_part(line, 0, 80), ' ') > slice_find(line, '('))
		return true;
	struct slice first = slice_part(line, 0, 256);
	if (slice_starts(line, "from ") && slice_search(first, SLICE(" import ")) == first.size)
		return false;
	for (size_t i = 0; i < LENGTH(starts[0]) && starts[language][i]; i++)
		if (slice_starts(line, starts[language][i]))
			return true;
	return false;
}

/* A sentence: a capital letter, words, and nothing that code is made of. */
static bool is_prose(struct slice line)
{
	enum { WORDS_LEAST = 3 };
	size_t blanks = 0;
	line = slice_trim(line);
	if (line.size == 0 || !isupper(line.at[0]))
		return line.size == 0;
	for (size_t i = 0; i < line.size; i++) {
		if (slice_find(SLICE("={};"), line.at[i]) < 4)
			return false;
		blanks += line.at[i] == ' ';
	}
	return blanks + 1 >= WORDS_LEAST;
}

struct slice answer_bare(const struct task *task, struct slice text)
{
	struct cursor lines = cursor_over(text);
	struct slice line, none = {0};
	size_t from = 0, to = 0;
	bool began = false;
	for (;;) {
		size_t at = text.size - cursor_left(&lines);
		if (!cursor_line(&lines, &line, NULL))
			break;
		if (!began && is_code(task->language, line)) {
			began = true;
			from = at;
		}
		if (!is_prose(line))
			to = text.size - cursor_left(&lines);
	}
	return began ? slice_part(text, from, to - from) : none;
}

/* The text's start in small letters, with plain apostrophes. */
static void plain(struct slice text, struct text *ret)
{
	enum { LOOKED_AT = 600 };
	text = slice_part(text, 0, LOOKED_AT);
	while (text.size > 0) {
		bool curly = slice_starts(text, "\xe2\x80\x99");
		text_add_char(ret, curly ? '\'' : (char)tolower(text.at[0]));
		text = slice_part(text, curly ? 3 : 1, text.size);
	}
}

bool answer_refused(struct slice text)
{
	static const char *const phrases[] = {
		"i can't", "i cannot", "i can not", "i won't", "i will not", "i'm unable", "i am unable", "i'm not able",
		"i am not able", "i'm sorry", "i am sorry", "i apologize", "i apologise", "as an ai", "sorry, but",
		"i must decline", "i have to decline", "unable to assist", "can't help with", "cannot help with",
	};
	AUTO_TEXT struct text start = text_make(1024);
	plain(text, &start);
	for (size_t i = 0; i < LENGTH(phrases); i++)
		if (slice_search(text_slice(&start), slice_of_string(phrases[i])) < start.size)
			return true;
	return false;
}
