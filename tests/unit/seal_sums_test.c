/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "report/custody.h"
#include "report/sha256sums.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static const unsigned char zeros[HASH_SIZE];

static const char *read_all(struct slice text, size_t *ret_count)
{
	struct arena *arena = arena_new(1 << 20);
	struct sha256sums_entry *entries;
	size_t line;
	const char *wrong = sha256sums_read(text, arena, &entries, ret_count, &line);
	arena_free(arena);
	return wrong;
}

static void names_are_escaped_as_sha256sum_does(void **state)
{
	static const char *const names[] = {"a",    "a b",  "-x",   " x",      "*x",
					    "b\\c", "b\nc", "b\rc", "\xff\x01"};
	const struct scratch *s = *state;
	AUTO_TEXT struct text out = text_make(1 << 16);
	unsigned char digest[HASH_SIZE];
	hash_bytes(SLICE("same"), digest);
	for (size_t i = 0; i < LENGTH(names); i++)
		scratch_put(s, names[i], SLICE("same"));
	assert_int_equal(
		fixture_shell(s, "LC_ALL=C; export LC_ALL; set -- *; sha256sum -- \"$@\" > list"),
		0);
	/* the order of the shell's pattern is that of the bytes */
	static const char *const sorted[] = {" x",   "*x",   "-x",   "a",	"a b",
					     "b\nc", "b\rc", "b\\c", "\xff\x01"};
	for (size_t i = 0; i < LENGTH(sorted); i++)
		sha256sums_add(&out, sorted[i], digest);
	size_t size, count;
	char *list = scratch_get(s, "list", &size);
	assert_string_equal(text_string(&out), list);
	assert_null(read_all(slice_of(list, size), &count));
	assert_int_equal(count, LENGTH(names));
	free(list);
}

static void wrong_lists_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"\n",
		ZEROS "  a",
		ZEROS " a\n",
		ZEROS "  \n",
		ZEROS " *a\n",
		ZEROS "  a\r\n",
		ZEROS "0  a\n",
		"\\" ZEROS "  a\n",
		"\\" ZEROS "  a\\x\n",
		"\\" ZEROS "  a\\\n",
		ZEROS "  a\\b\n",
		"A" ZEROS "  a\n",
		ZEROS "  /a\n",
		ZEROS "  ../a\n",
		ZEROS "  a/../b\n",
		ZEROS "  ./a\n",
		ZEROS "  a//b\n",
		ZEROS "  a/\n",
		ZEROS "  b\n" ZEROS "  a\n",
		ZEROS "  a\n" ZEROS "  a\n",
		ZEROS "  a\n\n",
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		size_t count;
		if (!read_all(slice_of_string(wrong[i]), &count))
			print_error("accepted: %s\n", wrong[i]);
		assert_non_null(read_all(slice_of_string(wrong[i]), &count));
	}
	struct sha256sums_line line;
	bool more;
	char upper[] = ZEROS "  a\n";
	upper[0] = 'A';
	struct cursor c = cursor_over(slice_of_string(upper));
	assert_non_null(sha256sums_next(&c, &line, &more));
	AUTO_TEXT struct text longest = text_make(1 << 16);
	for (size_t i = 0; i < FILE_PATH_MAX - 1; i++)
		text_add_char(&longest, 'x');
	AUTO_TEXT struct text list = text_make(1 << 16);
	size_t count;
	sha256sums_add(&list, text_string(&longest), zeros);
	assert_null(read_all(text_slice(&list), &count));
	text_add_char(&longest, 'x');
	text_clear(&list);
	sha256sums_add(&list, text_string(&longest), zeros);
	assert_non_null(read_all(text_slice(&list), &count));
}

/* What counts is the last judgement; documents that were only written again change nothing of it. */
static void by_which_policy_it_was_judged(void **state)
{
	(void)state;
	static const struct {
		const char *reason;
		bool other;
	} steps[] = {
		{"sealed", false}, {CUSTODY_JUDGED_AGAIN, false}, {CUSTODY_OTHER_POLICY, true}, {"reported again", true}, {NULL, true},
		{"judged and reported again, with what it was given", false}, {CUSTODY_OTHER_POLICY, true}, {CUSTODY_JUDGED_AGAIN, false},
	};
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	assert_false(custody_other_policy(text_slice(&log)));
	for (size_t i = 0; i < LENGTH(steps); i++) {
		const struct custody_entry entry = {.time_ns = 1, .action = "resealed", .user = "u", .host = "h", .tool_version = "0", .reason = steps[i].reason};
		assert_int_equal(custody_add(&log, &entry, NULL), OK);
		assert_int_equal(custody_other_policy(text_slice(&log)), steps[i].other);
	}
	assert_false(custody_other_policy(SLICE("{\"reason\":\"judged again, by another policy\"")));
}

static void custody_lines_hold_together(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	struct custody_entry entry = {FIXTURE_NOW, "sealed", "a\"b", "h", "1", NULL, NULL};
	size_t count, line;
	assert_null(custody_check(text_slice(&log), &count, &line));
	assert_int_equal(count, 0);
	for (size_t i = 1; i <= 5; i++) {
		entry.replaces = i > 1 ? zeros : NULL;
		assert_int_equal(custody_add(&log, &entry, NULL), OK);
		assert_null(custody_check(text_slice(&log), &count, &line));
		assert_int_equal(count, i);
	}
	/* not without its first line, nor with a line that is cut */
	size_t first = slice_find(text_slice(&log), '\n') + 1;
	assert_non_null(
		custody_check(slice_part(text_slice(&log), first, log.size), &count, &line));
	assert_int_equal(line, 1);
	assert_non_null(
		custody_check(slice_part(text_slice(&log), 0, log.size - 1), &count, &line));
	assert_int_equal(line, 5);
	AUTO_TEXT struct text full = text_make(first - 1);
	assert_int_equal(custody_add(&full, &entry, NULL), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(names_are_escaped_as_sha256sum_does),
		cmocka_unit_test(wrong_lists_are_refused),
		cmocka_unit_test(custody_lines_hold_together),
		cmocka_unit_test(by_which_policy_it_was_judged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
