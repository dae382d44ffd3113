/* SPDX-License-Identifier: Apache-2.0 */
/* The policy that is installed as an example, as it is and with its comments taken away. */
#include "tests/unit/test.h"

#include "analysis/policy.h"
#include "core/file.h"

static void read_example(struct text *ret)
{
	struct error err = {0};
	const char *srcdir = getenv("SRCDIR");
	char path[4096];
	snprintf(path, sizeof path, "%s/packaging/policy.ini", srcdir ? srcdir : ".");
	assert_int_equal(file_read(AT_FDCWD, path, POLICY_TEXT_MAX, ret, &err), OK);
}

/* "; key = value" and "; [section]" are what somebody may let hold; all else is said to them. */
static bool is_offered(struct slice line)
{
	if (!slice_starts(line, "; "))
		return false;
	struct slice rest = slice_part(line, 2, line.size), key = slice_part(rest, 0, slice_search(rest, SLICE(" = ")));
	return slice_starts(rest, "[") || (key.size < rest.size && slice_find(key, ' ') == key.size);
}

/* Lets hold what is offered, down to the line that begins with `end`, which may be NULL. */
static void offer(const struct text *example, const char *end, struct text *ret)
{
	struct cursor c = cursor_over(text_slice(example));
	struct slice line;
	while (cursor_line(&c, &line, NULL) && !(end && slice_starts(line, end))) {
		text_add(ret, is_offered(line) ? slice_part(line, 2, line.size) : line);
		text_add_char(ret, '\n');
	}
}

static void parse(const struct text *text, struct policy *ret)
{
	struct error err = {0};
	if (policy_parse(text_string(text), "policy.ini", ret, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

static void it_says_what_holds_without_it(void **state)
{
	static struct policy without, as_it_is, offered;
	AUTO_TEXT struct text none = text_make(1), example = text_make(POLICY_TEXT_MAX), some = text_make(POLICY_TEXT_MAX);
	(void)state;
	read_example(&example);
	parse(&none, &without);
	parse(&example, &as_it_is);
	assert_memory_equal(&as_it_is, &without, sizeof without);
	offer(&example, "; What follows", &some);
	assert_contains(text_string(&some), "\nretention = ");
	parse(&some, &offered);
	assert_memory_equal(&offered, &without, sizeof without);
}

static void all_that_it_offers_is_understood(void **state)
{
	static struct policy all;
	AUTO_TEXT struct text example = text_make(POLICY_TEXT_MAX), text = text_make(POLICY_TEXT_MAX);
	(void)state;
	read_example(&example);
	offer(&example, NULL, &text);
	parse(&text, &all);
	assert_int_equal(all.allow_count, 1);
	assert_int_equal(all.carry_count, 1);
	assert_string_equal(policy_field(&all, "marking"), "CUI");
	assert_string_equal(all.frameworks, "cmmc-l2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_what_holds_without_it),
		cmocka_unit_test(all_that_it_offers_is_understood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
