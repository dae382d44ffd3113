/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

/* Nothing of it needs Windows, and the Linux programs do not have it. */
#include "collectors/windows/command_line.c"

static void words_are_quoted_where_they_must_be(void **state)
{
	(void)state;
	static const struct {
		const char *word, *line;
	} cases[] = {
		{"plain", "plain"},
		{"", "\"\""},
		{"two words", "\"two words\""},
		{"tab\there", "\"tab\there\""},
		{"C:\\dir\\file", "C:\\dir\\file"},
		{"C:\\a dir\\", "\"C:\\a dir\\\\\""},
		{"say \"hi\"", "\"say \\\"hi\\\"\""},
		{"\\\"", "\"\\\\\\\"\""},
		{"end\\\\", "end\\\\"},
		{"a b\\\\", "\"a b\\\\\\\\\""},
		{"a\\\\b \\\"", "\"a\\\\b \\\\\\\"\""},
		{"\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text line = text_make(256);
		command_line_add(&line, cases[i].word, false);
		assert_string_equal(text_string(&line), cases[i].line);
	}
}

static void words_stand_apart(void **state)
{
	(void)state;
	AUTO_TEXT struct text line = text_make(256);
	command_line_add(&line, "C:\\x.exe", true);
	command_line_add(&line, "", false);
	command_line_add(&line, "b", false);
	assert_string_equal(text_string(&line), "\"C:\\x.exe\" \"\" b");
}

/* As CommandLineToArgvW() takes a line apart: 2n backslashes and a quotation mark are n
 * and the end or begin of a quotation, 2n+1 are n and the mark itself. */
static size_t take_word(const char *line, size_t at, struct text *ret)
{
	bool quoted = false;
	while (line[at] && (quoted || (line[at] != ' ' && line[at] != '\t'))) {
		size_t backslashes = strspn(line + at, "\\");
		at += backslashes;
		bool mark = line[at] == '"';
		for (size_t i = 0; i < (mark ? backslashes / 2 : backslashes); i++)
			text_add_char(ret, '\\');
		if (mark && backslashes % 2 == 0)
			quoted = !quoted;
		else if (mark)
			text_add_char(ret, '"');
		at += mark;
		if (!mark && backslashes == 0)
			text_add_char(ret, line[at++]);
	}
	return at;
}

static void what_is_taken_apart_is_what_was_put_together(void **state)
{
	(void)state;
	static const char letters[] = "a \"\\\t";
	uint32_t random = 1;
	for (unsigned n = 0; n < 20000; n++) {
		char word[9] = "";
		for (size_t i = 0; i < n % 9; i++) {
			random = random * 1664525 + 1013904223;
			word[i] = letters[(random >> 24) % (sizeof letters - 1)];
		}
		AUTO_TEXT struct text line = text_make(256), back = text_make(256);
		command_line_add(&line, word, n & 1);
		size_t end = take_word(text_string(&line), 0, &back);
		assert_int_equal(end, line.size);
		assert_string_equal(text_string(&back), word);
	}
}

static void batch_files_are_told_by_their_names(void **state)
{
	(void)state;
	assert_true(command_line_is_batch("C:\\npm\\agent.cmd"));
	assert_true(command_line_is_batch("X.BAT"));
	assert_false(command_line_is_batch("cmd"));
	assert_false(command_line_is_batch("agent.cmd.exe"));
	assert_false(command_line_is_batch(""));
	assert_true(command_line_batch_takes("--flag=a&b|c ^ d"));
	assert_false(command_line_batch_takes("%PATH%"));
	assert_false(command_line_batch_takes("a\"b"));
	assert_false(command_line_batch_takes("a\nb"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_quoted_where_they_must_be),
		cmocka_unit_test(words_stand_apart),
		cmocka_unit_test(what_is_taken_apart_is_what_was_put_together),
		cmocka_unit_test(batch_files_are_told_by_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
