/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/text.h"
#include "ingest/lines.h"

/* All lines with '|' behind each; '!' for one that is too long. */
static const char *lines_of(struct slice bytes)
{
	static char text[512];
	size_t size = 0;
	AUTO_INPUT struct input in;
	AUTO_LINES struct lines l;
	struct slice line;
	bool too_long;
	input_over(bytes, "lines", &in);
	lines_open(&l, &in);
	while (lines_next(&l, &line, &too_long))
		size += (size_t)snprintf(text + size, sizeof text - size, "%.*s%s|", (int)line.size,
					 line.size ? (const char *)line.at : "", too_long ? "!" : "");
	text[size] = 0;
	return text;
}

static void bytes(void **state)
{
	(void)state;
	assert_string_equal(lines_of(SLICE("")), "");
	assert_string_equal(lines_of(SLICE("a\nb")), "a|b|");
	assert_string_equal(lines_of(SLICE("a\r\n\r\nb\r")), "a||b|");
	assert_string_equal(lines_of(SLICE("\xef\xbb\xbf" "a\n")), "a|");
	assert_string_equal(lines_of(SLICE("\x99\n")), "\x99|");
}

static void utf16(void **state)
{
	(void)state;
	assert_string_equal(lines_of(SLICE("\xff\xfe" "a\0\r\0\n\0b\0")), "a|b|");
	assert_string_equal(lines_of(SLICE("\xfe\xff" "\0a\0\r\0\n\0b")), "a|b|");
	/* U+00D6, U+30EA, U+1F600; a surrogate alone, a high one before a letter */
	assert_string_equal(lines_of(SLICE("\xff\xfe\xd6\x00\xea\x30\x3d\xd8\x00\xde")),
			    "\xc3\x96\xe3\x83\xaa\xf0\x9f\x98\x80|");
	assert_string_equal(lines_of(SLICE("\xff\xfe\x00\xde")), "\xef\xbf\xbd|");
	assert_string_equal(lines_of(SLICE("\xff\xfe\x3d\xd8" "a\0")), "\xef\xbf\xbd" "a|");
	assert_string_equal(lines_of(SLICE("\xff\xfe" "a\0\n\0x")), "a||"); /* half a letter */
	assert_string_equal(lines_of(SLICE("\xff\xfe")), "");
}

static void long_lines(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_make(1 << 20);
	while (text.size < LINES_MAX)
		text_add_char(&text, 'x');
	AUTO_TEXT struct text more = text_make(1 << 20);
	text_add(&more, text_slice(&text));
	text_add_string(&more, "x\nb\n");
	assert_string_equal(lines_of(text_slice(&more)), "!|b|");
	text_clear(&more);
	text_add(&more, SLICE("\xff\xfe"));
	for (size_t i = 0; i < LINES_MAX; i++)
		text_add(&more, SLICE("x\0"));
	text_add(&more, SLICE("\n\0b\0\n\0"));
	assert_string_equal(lines_of(text_slice(&more)), "!|b|");
}

static void the_first_bytes(void **state)
{
	(void)state;
	unsigned char buffer[LINES_FIRST];
	assert_true(slice_is(lines_first(SLICE("\xef\xbb\xbf" "a"), buffer), "a"));
	assert_true(slice_is(lines_first(SLICE("\xff\xfe" "a\0b\0"), buffer), "ab"));
	unsigned char wide[INPUT_SNIFF];
	memset(wide, 0x30, sizeof wide); /* U+3030: three bytes each */
	memcpy(wide, "\xff\xfe", 2);
	assert_int_equal(lines_first(slice_of(wide, sizeof wide), buffer).size,
			 3 * (INPUT_SNIFF / 2 - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes),
		cmocka_unit_test(utf16),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(the_first_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
