/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

static const unsigned char counting[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
					 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff};

static struct cursor over_counting(void)
{
	return cursor_over(slice_of(counting, sizeof counting));
}

static void big_endian_in_every_width(void **state)
{
	(void)state;
	struct cursor c = over_counting();
	assert_int_equal(cursor_u8(&c), 0x01);
	assert_int_equal(cursor_be16(&c), 0x0203);
	assert_int_equal(cursor_be24(&c), 0x040506);
	assert_int_equal(cursor_be32(&c), 0x0708f9fa);
	assert_int_equal(cursor_left(&c), 5);
	assert_false(c.short_read);
	c = over_counting();
	cursor_skip(&c, 7);
	assert_true(cursor_be64(&c) == UINT64_C(0x08f9fafbfcfdfeff));
	assert_int_equal(cursor_left(&c), 0);
	assert_false(c.short_read);
}

static void little_endian_in_every_width(void **state)
{
	(void)state;
	struct cursor c = over_counting();
	assert_int_equal(cursor_le16(&c), 0x0201);
	assert_int_equal(cursor_le32(&c), 0x06050403);
	cursor_skip(&c, 1);
	assert_true(cursor_le64(&c) == UINT64_C(0xfffefdfcfbfaf908));
	assert_false(c.short_read);
}

static void a_short_read_gives_zeros_and_sticks(void **state)
{
	(void)state;
	struct cursor c = cursor_over(slice_of(counting, 3));
	assert_int_equal(cursor_be32(&c), 0);
	assert_true(c.short_read);
	/* what was there is not handed out behind the failure */
	assert_int_equal(cursor_u8(&c), 0);
	assert_int_equal(cursor_left(&c), 0);
	assert_true(c.short_read);

	c = cursor_over(slice_of(counting, 3));
	struct slice taken = cursor_take(&c, 4);
	assert_int_equal(taken.size, 0);
	assert_true(c.short_read);
	c = cursor_over(slice_of(counting, 3));
	cursor_skip(&c, SIZE_MAX);
	assert_true(c.short_read);
	c = cursor_over(slice_of(counting, 3));
	assert_int_equal(cursor_le64(&c), 0);
	assert_true(c.short_read);
}

static void nothing_can_be_run_over(void **state)
{
	(void)state;
	struct cursor c = cursor_over(slice_of(NULL, 0));
	struct slice line;
	assert_int_equal(cursor_left(&c), 0);
	assert_int_equal(cursor_rest(&c).size, 0);
	assert_int_equal(cursor_take(&c, 0).size, 0);
	assert_false(c.short_read);
	assert_false(cursor_line(&c, &line, NULL));
	assert_false(cursor_until(&c, '\n', 10, &line));
	assert_false(cursor_word(&c, 10, &line));
	assert_int_equal(cursor_u8(&c), 0);
	assert_true(c.short_read);
}

static void a_child_stays_in_its_bounds(void **state)
{
	(void)state;
	struct cursor c = over_counting();
	struct cursor child = cursor_child(&c, 2);
	assert_int_equal(cursor_left(&child), 2);
	assert_int_equal(cursor_be32(&child), 0);
	assert_true(child.short_read);
	assert_false(c.short_read);
	assert_int_equal(cursor_u8(&c), 0x03);
	child = cursor_child(&c, 100);
	assert_true(child.short_read);
	assert_int_equal(cursor_left(&child), 0);
	assert_true(c.short_read);
}

static void until_a_delimiter_within_a_maximum(void **state)
{
	(void)state;
	struct cursor c = cursor_over(SLICE("abc;;rest"));
	struct slice s;
	assert_false(cursor_until(&c, ';', 2, &s));
	assert_int_equal(cursor_left(&c), 9);
	assert_true(cursor_until(&c, ';', 3, &s));
	assert_slice(s, "abc");
	assert_true(cursor_until(&c, ';', 0, &s));
	assert_slice(s, "");
	assert_false(cursor_until(&c, ';', SIZE_MAX, &s));
	assert_slice(cursor_rest(&c), "rest");
	assert_false(c.short_read);
}

static void lines_with_and_without_an_end(void **state)
{
	(void)state;
	struct cursor c = cursor_over(SLICE("one\n\ntwo\r\n\r\nthr\ree\r\r\nlast"));
	static const char *const wanted[] = {"one", "", "two", "", "thr\ree\r", "last"};
	struct slice line;
	bool whole = false;
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		assert_true(cursor_line(&c, &line, &whole));
		assert_true(slice_is(line, wanted[i]));
		assert_int_equal(whole, i + 1 < LENGTH(wanted));
	}
	assert_false(cursor_line(&c, &line, &whole));
	assert_false(c.short_read);
	c = cursor_over(SLICE("a\n"));
	assert_true(cursor_line(&c, &line, NULL));
	assert_slice(line, "a");
	assert_false(cursor_line(&c, &line, NULL)); /* no empty line behind the last LF */
}

static void words_between_blanks(void **state)
{
	(void)state;
	struct cursor c = cursor_over(SLICE("  one\ttwo \t three-long"));
	struct slice word;
	assert_true(cursor_word(&c, 3, &word));
	assert_slice(word, "one");
	assert_true(cursor_word(&c, 3, &word));
	assert_slice(word, "two");
	assert_false(cursor_word(&c, 9, &word));
	assert_slice(cursor_rest(&c), "three-long"); /* too long: not taken */
	assert_true(cursor_word(&c, 10, &word));
	assert_slice(word, "three-long");
	assert_false(cursor_word(&c, 10, &word));
	c = cursor_over(SLICE(" \t "));
	assert_false(cursor_word(&c, 10, &word));
}

static void slices_compare(void **state)
{
	(void)state;
	assert_true(slice_equal(slice_of(NULL, 0), SLICE("")));
	assert_true(slice_is(SLICE("ab"), "ab"));
	assert_false(slice_is(SLICE("ab"), "abc"));
	assert_false(slice_is(SLICE("ab\0"), "ab"));
	assert_true(slice_is(slice_of(NULL, 0), ""));
	assert_true(slice_is_nocase(SLICE("HoSt"), "hOsT"));
	assert_false(slice_is_nocase(SLICE("host"), "hos"));
	assert_false(slice_is_nocase(SLICE("ho@t"), "ho`t")); /* 0x40 and 0x60 are no letters */
	assert_false(slice_is_nocase(SLICE("\xc4"), "\xe4"));
	assert_true(slice_starts(SLICE("prefix"), "pre"));
	assert_true(slice_starts(SLICE("pre"), ""));
	assert_false(slice_starts(SLICE("pr"), "pre"));
	assert_true(slice_ends(SLICE("name.log"), ".log"));
	assert_false(slice_ends(SLICE("log"), ".log"));
	assert_false(slice_ends(SLICE("name.lo"), ".log"));
}

static void slices_have_an_order(void **state)
{
	(void)state;
	assert_true(slice_compare(SLICE("a"), SLICE("b")) < 0);
	assert_true(slice_compare(SLICE("b"), SLICE("a")) > 0);
	assert_true(slice_compare(SLICE("a"), SLICE("aa")) < 0);
	assert_true(slice_compare(SLICE("aa"), SLICE("a")) > 0);
	assert_true(slice_compare(SLICE("\xff"), SLICE("a")) > 0); /* bytes have no sign */
	assert_int_equal(slice_compare(SLICE("a"), SLICE("a")), 0);
	assert_int_equal(slice_compare(slice_of(NULL, 0), slice_of(NULL, 0)), 0);
}

static void parts_are_clamped(void **state)
{
	(void)state;
	assert_slice(slice_part(SLICE("abcdef"), 2, 3), "cde");
	assert_slice(slice_part(SLICE("abcdef"), 4, SIZE_MAX), "ef");
	assert_slice(slice_part(SLICE("abcdef"), 6, 1), "");
	assert_slice(slice_part(SLICE("abcdef"), SIZE_MAX, SIZE_MAX), "");
	assert_slice(slice_part(slice_of(NULL, 0), 0, 4), "");
	assert_slice(slice_trim(SLICE(" \t\r a b \r\t")), "a b");
	assert_slice(slice_trim(SLICE(" \t\r ")), "");
	assert_slice(slice_trim(SLICE("")), "");
	assert_slice(slice_trim(SLICE("\na\n")), "\na\n"); /* LF is no blank */
}

static void bytes_and_needles_are_found(void **state)
{
	(void)state;
	assert_int_equal(slice_find(SLICE("abcabc"), 'c'), 2);
	assert_int_equal(slice_find(SLICE("abcabc"), 'x'), 6);
	assert_int_equal(slice_find(slice_of(NULL, 0), 'x'), 0);
	assert_int_equal(slice_search(SLICE("ab\0cabc"), SLICE("abc")), 4);
	assert_int_equal(slice_search(SLICE("abab"), SLICE("abc")), 4);
	assert_int_equal(slice_search(SLICE("ab"), SLICE("abc")), 2);
	assert_int_equal(slice_search(SLICE("ab"), SLICE("")), 0);
	assert_int_equal(slice_search(SLICE("ab"), SLICE("ab")), 0);
}

static void unsigned_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint64_t max, value;
		bool good;
	} cases[] = {
		{"0", 0, 0, true},
		{"65535", 65535, 65535, true},
		{"65536", 65535, 0, false},
		{"007", 7, 7, true},
		{"18446744073709551615", UINT64_MAX, UINT64_MAX, true},
		{"18446744073709551616", UINT64_MAX, 0, false},
		{"99999999999999999999", UINT64_MAX, 0, false},
		{"000000000000000000001", UINT64_MAX, 0, false}, /* 21 digits */
		{"00000000000000000001", UINT64_MAX, 1, true},
		{"", 9, 0, false},
		{"-1", 9, 0, false},
		{"+1", 9, 0, false},
		{" 1", 9, 0, false},
		{"1 ", 9, 0, false},
		{"1a", UINT64_MAX, 0, false},
		{"0x1", 9, 0, false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t value = 77;
		assert_int_equal(slice_u64(slice_of_string(cases[i].text), cases[i].max, &value),
				 cases[i].good);
		assert_true(value == (cases[i].good ? cases[i].value : 77));
	}
}

static void signed_numbers(void **state)
{
	(void)state;
	int64_t value = 77;
	assert_true(slice_i64(SLICE("-128"), 128, &value) && value == -128);
	assert_true(slice_i64(SLICE("128"), 128, &value) && value == 128);
	assert_true(slice_i64(SLICE("-0"), 128, &value) && value == 0);
	assert_true(slice_i64(SLICE("9223372036854775807"), INT64_MAX, &value) && value == INT64_MAX);
	assert_true(slice_i64(SLICE("-9223372036854775807"), INT64_MAX, &value) &&
		    value == -INT64_MAX);
	value = 77;
	assert_false(slice_i64(SLICE("-9223372036854775808"), INT64_MAX, &value));
	assert_false(slice_i64(SLICE("129"), 128, &value));
	assert_false(slice_i64(SLICE("-129"), 128, &value));
	assert_false(slice_i64(SLICE("--1"), 128, &value));
	assert_false(slice_i64(SLICE("-"), 128, &value));
	assert_false(slice_i64(SLICE("+1"), 128, &value));
	assert_false(slice_i64(SLICE(""), 128, &value));
	assert_int_equal(value, 77);
}

static void hexadecimal(void **state)
{
	(void)state;
	uint64_t value = 77;
	unsigned char bytes[3] = {0xee, 0xee, 0xee};
	assert_true(slice_hex_u64(SLICE("fF09"), UINT64_MAX, &value) && value == 0xff09);
	assert_true(slice_hex_u64(SLICE("ffffffffffffffff"), UINT64_MAX, &value) &&
		    value == UINT64_MAX);
	value = 77;
	assert_false(slice_hex_u64(SLICE("10000000000000000"), UINT64_MAX, &value));
	assert_false(slice_hex_u64(SLICE("100"), 0xff, &value));
	assert_false(slice_hex_u64(SLICE("0x10"), 0xff, &value));
	assert_false(slice_hex_u64(SLICE("fg"), UINT64_MAX, &value));
	assert_int_equal(value, 77);
	assert_true(slice_hex_bytes(SLICE("00aF10"), 3, bytes));
	assert_memory_equal(bytes, "\x00\xaf\x10", 3);
	assert_false(slice_hex_bytes(SLICE("00af1"), 3, bytes));
	assert_false(slice_hex_bytes(SLICE("00af1"), 2, bytes));
	assert_false(slice_hex_bytes(SLICE("00af1012"), 3, bytes));
	assert_false(slice_hex_bytes(SLICE("00 f10"), 3, bytes));
	assert_true(slice_hex_bytes(SLICE(""), 0, bytes));
}

static void copies_into_strings(void **state)
{
	(void)state;
	char buffer[4] = "???";
	assert_true(slice_to_string(SLICE("abc"), buffer, sizeof buffer));
	assert_string_equal(buffer, "abc");
	assert_false(slice_to_string(SLICE("abcd"), buffer, sizeof buffer));
	assert_string_equal(buffer, "");
	memcpy(buffer, "???", 4);
	assert_false(slice_to_string(SLICE("a\0b"), buffer, sizeof buffer));
	assert_string_equal(buffer, "");
	assert_true(slice_to_string(slice_of(NULL, 0), buffer, sizeof buffer));
	assert_string_equal(buffer, "");
	assert_false(slice_to_string(SLICE(""), buffer, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(big_endian_in_every_width),
		cmocka_unit_test(little_endian_in_every_width),
		cmocka_unit_test(a_short_read_gives_zeros_and_sticks),
		cmocka_unit_test(nothing_can_be_run_over),
		cmocka_unit_test(a_child_stays_in_its_bounds),
		cmocka_unit_test(until_a_delimiter_within_a_maximum),
		cmocka_unit_test(lines_with_and_without_an_end),
		cmocka_unit_test(words_between_blanks),
		cmocka_unit_test(slices_compare),
		cmocka_unit_test(slices_have_an_order),
		cmocka_unit_test(parts_are_clamped),
		cmocka_unit_test(bytes_and_needles_are_found),
		cmocka_unit_test(unsigned_numbers),
		cmocka_unit_test(signed_numbers),
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(copies_into_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
