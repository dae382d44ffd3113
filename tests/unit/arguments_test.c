/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/arguments.h"

struct settings {
	struct common common;
	const char *output, *linger, *ring;
	struct argument_list logs;
	bool force;
};

static const struct argument table[] = {
	{"--output", 'o', "DIR", ARGUMENT_TEXT, offsetof(struct settings, output), ""},
	{"--linger", 0, "TIME", ARGUMENT_DURATION, offsetof(struct settings, linger), ""},
	{"--ring", 0, "BYTES", ARGUMENT_NUMBER, offsetof(struct settings, ring), ""},
	{"--app-log", 0, "FILE", ARGUMENT_LIST, offsetof(struct settings, logs), ""},
	{"--force", 'f', NULL, ARGUMENT_FLAG, offsetof(struct settings, force), ""},
};

/* Takes a line apart at its blanks; the words live until the next call. */
static enum status parse(const char *line, struct settings *s, char *argv[], size_t *ret_count,
			 size_t *ret_dashes, struct error *err)
{
	static char words[8192];
	struct cursor c = cursor_over(slice_of_string(line));
	struct slice word;
	size_t used = 0;
	int argc = 0;
	*s = (struct settings){0};
	while (cursor_word(&c, 1024, &word)) {
		assert_true(slice_to_string(word, words + used, sizeof words - used));
		if (!strcmp(words + used, "''"))
			words[used] = 0;
		argv[argc++] = words + used;
		used += word.size + 1;
	}
	argv[argc] = NULL;
	return arguments_parse(table, LENGTH(table), argc, argv, s, ret_count, ret_dashes, err);
}

static void options_and_the_rest(void **state)
{
	(void)state;
	struct settings s;
	struct error err = {0};
	char *argv[128];
	size_t count, dashes;
	assert_int_equal(parse("one -o dir two --linger=2s -f --app-log a --app-log=b=c -q - three", &s, argv,
			       &count, &dashes, &err), OK);
	assert_int_equal(count, 4);
	assert_int_equal(dashes, 4);
	assert_string_equal(argv[0], "one");
	assert_string_equal(argv[1], "two");
	assert_string_equal(argv[2], "-");
	assert_string_equal(argv[3], "three");
	assert_string_equal(s.output, "dir");
	assert_string_equal(s.linger, "2s");
	assert_true(s.force && s.common.quiet);
	assert_false(s.common.json || s.common.help || s.common.verbose);
	assert_int_equal(s.logs.count, 2);
	assert_string_equal(s.logs.at[1], "b=c");
	assert_null(s.ring);
}

static void behind_two_dashes_nothing_is_an_option(void **state)
{
	(void)state;
	struct settings s;
	struct error err = {0};
	char *argv[128];
	size_t count, dashes;
	assert_int_equal(parse("-o -- x -- cmd -f -- --help", &s, argv, &count, &dashes, &err), OK);
	assert_string_equal(s.output, "--"); /* a value is a value */
	assert_int_equal(dashes, 1);
	assert_int_equal(count, 5);
	assert_string_equal(argv[1], "cmd");
	assert_string_equal(argv[3], "--");
	assert_false(s.force || s.common.help);
	assert_int_equal(parse("--", &s, argv, &count, &dashes, &err), OK);
	assert_int_equal(count + dashes, 0);
	assert_int_equal(parse("", &s, argv, &count, &dashes, &err), OK);
	assert_int_equal(count + dashes, 0);
}

static void what_is_wrong_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *line, *why;
	} cases[] = {
		{"--nothing", "unknown option --nothing (see --help)"},
		{"--lingre", "unknown option --lingre (is it --linger?)"},
		{"--jsn", "unknown option --jsn (is it --json?)"},
		{"-x", "unknown option -x"},
		{"-of", "unknown option -of"},
		{"--out dir", "unknown option --out"},
		{"-o", "--output needs DIR"},
		{"--output=", "--output needs DIR"},
		{"-o ''", "--output needs DIR"},
		{"-o a -o b", "--output is given twice"},
		{"--force=yes", "--force takes no value"},
		{"--linger soon", "--linger"},
		{"--ring 4k", "--ring takes a whole number, not \"4k\""},
		{"--ring -1", "whole number"},
		{"--ring 99999999999999999999", "whole number"},
		{"--=x", "unknown option"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct settings s;
		struct error err = {0};
		char *argv[128];
		size_t count, dashes;
		enum status status = parse(cases[i].line, &s, argv, &count, &dashes, &err);
		if (status != ERR_USAGE)
			print_error("%s\n", cases[i].line);
		assert_int_equal(status, ERR_USAGE);
		assert_contains(err.text, cases[i].why);
	}
}

static void a_list_has_an_end(void **state)
{
	(void)state;
	struct settings s;
	struct error err = {0};
	char *argv[256];
	char line[4096] = "";
	size_t count, dashes;
	for (int i = 0; i < ARGUMENTS_LIST_MAX; i++)
		strncat(line, "--app-log=x ", sizeof line - strlen(line) - 1);
	assert_int_equal(parse(line, &s, argv, &count, &dashes, &err), OK);
	assert_int_equal(s.logs.count, ARGUMENTS_LIST_MAX);
	strncat(line, "--app-log=x", sizeof line - strlen(line) - 1);
	assert_int_equal(parse(line, &s, argv, &count, &dashes, &err), ERR_USAGE);
	assert_contains(err.text, "64 times");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_the_rest),
		cmocka_unit_test(behind_two_dashes_nothing_is_an_option),
		cmocka_unit_test(what_is_wrong_is_told),
		cmocka_unit_test(a_list_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
