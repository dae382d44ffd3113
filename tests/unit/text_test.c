/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/text.h"

static void grows_and_stays_terminated(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(100000);
	assert_string_equal(text_string(&t), "");
	assert_int_equal(text_slice(&t).size, 0);
	text_add(&t, slice_of(NULL, 0));
	text_add_string(&t, "ab");
	text_add_char(&t, 'c');
	text_add_u64(&t, UINT64_MAX);
	text_add_char(&t, ' ');
	text_add_i64(&t, INT64_MIN);
	text_add_char(&t, ' ');
	text_add_hex(&t, "\x00\xfa\x1b", 3);
	text_addf(&t, " %d%%", 7);
	assert_string_equal(text_string(&t),
			    "abc18446744073709551615 -9223372036854775808 00fa1b 7%");
	assert_int_equal(t.size, strlen(t.at));
	for (size_t i = 0; i < 5000; i++) {
		text_add_char(&t, 'x');
		assert_int_equal(t.at[t.size], 0);
	}
	assert_false(t.overflow);
	text_clear(&t);
	assert_string_equal(text_string(&t), "");
	text_add(&t, SLICE("a\0b"));
	assert_slice(text_slice(&t), "a\0b");
}

static void words_for_numbers(void **state)
{
	(void)state;
	assert_string_equal(text_plural(0, "file", "files"), "files");
	assert_string_equal(text_plural(1, "file", "files"), "file");
	assert_string_equal(text_plural(2, "file", "files"), "files");
	assert_string_equal(text_plural(UINT64_MAX, "file", "files"), "files");
}

static void numbers_at_their_edges(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(64);
	text_add_u64(&t, 0);
	text_add_i64(&t, 0);
	text_add_i64(&t, -1);
	text_add_i64(&t, INT64_MAX);
	assert_string_equal(text_string(&t), "00-19223372036854775807");
}

static void the_maximum_holds_and_overflow_sticks(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(4);
	text_add_string(&t, "abcd");
	assert_false(t.overflow);
	text_add_char(&t, 'e');
	assert_true(t.overflow);
	assert_string_equal(text_string(&t), "abcd");
	text_clear(&t);
	assert_false(t.overflow);
	text_add_string(&t, "abc");
	text_addf(&t, "%s", "de"); /* left out as a whole */
	assert_true(t.overflow);
	text_add_char(&t, 'f');
	assert_true(t.overflow);
	assert_string_equal(text_string(&t), "abcf");
	AUTO_TEXT struct text none = text_make(0);
	text_add_char(&none, 'a');
	assert_true(none.overflow);
	assert_string_equal(text_string(&none), "");
	text_free(&none);
	text_free(NULL);
}

static void well_formed_utf8(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t size;
		uint32_t code;
	} cases[] = {
		{"a", 1, 'a'},
		{"\x7f", 1, 0x7f},
		{"\xc2\x80", 2, 0x80},
		{"\xdf\xbf", 2, 0x7ff},
		{"\xe0\xa0\x80", 3, 0x800},
		{"\xed\x9f\xbf", 3, 0xd7ff},
		{"\xee\x80\x80", 3, 0xe000},
		{"\xef\xbf\xbf", 3, 0xffff},
		{"\xf0\x90\x80\x80", 4, 0x10000},
		{"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
		{"\x80", 0, 0},             /* a continuation first */
		{"\xc0\x80", 0, 0},         /* overlong */
		{"\xc1\xbf", 0, 0},
		{"\xe0\x9f\xbf", 0, 0},
		{"\xf0\x8f\xbf\xbf", 0, 0},
		{"\xed\xa0\x80", 0, 0},     /* surrogates */
		{"\xed\xbf\xbf", 0, 0},
		{"\xf4\x90\x80\x80", 0, 0}, /* past 10FFFF */
		{"\xf5\x80\x80\x80", 0, 0},
		{"\xff", 0, 0},
		{"\xc2", 0, 0},             /* cut */
		{"\xe2\x82", 0, 0},
		{"\xe2\x28\xa1", 0, 0},
		{"\xf0\x90\x80", 0, 0},
		{"", 0, 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint32_t code = 0;
		assert_int_equal(text_utf8(slice_of_string(cases[i].bytes), &code), cases[i].size);
		assert_int_equal(code, cases[i].code);
	}
	uint32_t code = 7;
	assert_int_equal(text_utf8(SLICE("\0"), &code), 1);
	assert_int_equal(code, 0);
}

static void foreign_bytes_are_made_fit_to_show(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *shown;
	} cases[] = {
		{"plain text", "plain text"},
		{"\x1b[31m", "\\x1b[31m"},
		{"a\nb\tc", "a\\x0ab\\x09c"},
		{"\x7f", "\\x7f"},
		{"\xc2\x85", "\\x85"},                   /* C1: NEL */
		{"\xe2\x80\xae" "abc", "\\u{202e}abc"},  /* right-to-left override */
		{"\xe2\x81\xa6x", "\\u{2066}x"},         /* isolate */
		{"\xe2\x80\x8b", "\\u{200b}"},
		{"\xef\xbb\xbf", "\\u{feff}"},
		{"\xf3\xa0\x81\x81", "\\u{e0041}"},      /* a tag */
		{"\xc3\xa4\xe2\x82\xac", "\xc3\xa4\xe2\x82\xac"},
		{"\xff\xc3", "\\xff\\xc3"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text t = text_make(100);
		text_add_printable(&t, slice_of_string(cases[i].bytes), SIZE_MAX);
		assert_string_equal(text_string(&t), cases[i].shown);
	}
}

static void what_is_shown_is_cut_at_whole_characters(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(100);
	text_add_printable(&t, SLICE("abcdef"), 6);
	assert_string_equal(text_string(&t), "abcdef");
	text_clear(&t);
	text_add_printable(&t, SLICE("abcdef"), 5);
	assert_string_equal(text_string(&t), "abcde…");
	text_clear(&t);
	text_add_printable(&t, SLICE("a\xe2\x82\xac"), 3);
	assert_string_equal(text_string(&t), "a…");
	text_clear(&t);
	text_add_printable(&t, SLICE("x"), 0);
	assert_string_equal(text_string(&t), "…");
	text_clear(&t);
	text_add_printable(&t, slice_of(NULL, 0), 0);
	assert_string_equal(text_string(&t), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_stays_terminated),
		cmocka_unit_test(words_for_numbers),
		cmocka_unit_test(numbers_at_their_edges),
		cmocka_unit_test(the_maximum_holds_and_overflow_sticks),
		cmocka_unit_test(well_formed_utf8),
		cmocka_unit_test(foreign_bytes_are_made_fit_to_show),
		cmocka_unit_test(what_is_shown_is_cut_at_whole_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
