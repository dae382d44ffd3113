/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/http_lines.h"

static bool note(void *context, struct slice line)
{
	struct text *all = context;
	text_add_char(all, '[');
	text_add(all, line);
	text_add_char(all, ']');
	return !slice_is(line, "enough");
}

/* What comes of `input` fed in pieces of `step` bytes. */
static enum http_lines_end fed(struct slice input, size_t step, size_t max, bool cr_ends, struct text *ret)
{
	struct http_lines l = http_lines_make(max, cr_ends);
	enum http_lines_end end = HTTP_LINES_MORE;
	text_clear(ret);
	for (size_t at = 0; at < input.size && end == HTTP_LINES_MORE; at += step)
		end = http_lines_feed(&l, slice_part(input, at, step), note, ret);
	text_add_char(ret, '<');
	text_add(ret, http_lines_rest(&l));
	text_add_char(ret, '>');
	http_lines_free(&l);
	return end;
}

static void the_same_in_pieces_of_every_size(void **state)
{
	(void)state;
	static const struct {
		struct slice input;
		bool cr_ends;
		const char *wanted;
	} rows[] = {
		{SLICE("a\nbc\r\n\n\r\nd"), false, "[a][bc][][]<d>"},
		{SLICE("a\nbc\r\n\n\r\nd"), true, "[a][bc][][]<d>"},
		{SLICE("a\rb\r\rc\r\n\rd\n\re"), true, "[a][b][][c][][d][]<e>"},
		{SLICE("a\rb\r\r\nc\r"), false, "[a\rb\r]<c\r>"},
		{SLICE("\n"), true, "[]<>"},
		{SLICE("\r"), true, "[]<>"},
		{SLICE(""), true, "<>"},
	};
	for (size_t i = 0; i < LENGTH(rows); i++)
		for (size_t step = 1; step <= rows[i].input.size + 1; step++) {
			AUTO_TEXT struct text got = text_make(1000);
			assert_int_equal(fed(rows[i].input, step, 100, rows[i].cr_ends, &got), HTTP_LINES_MORE);
			assert_string_equal(text_string(&got), rows[i].wanted);
		}
}

static void what_is_too_long_ends_it(void **state)
{
	(void)state;
	AUTO_TEXT struct text got = text_make(1000);
	for (size_t step = 1; step < 20; step++) {
		assert_int_equal(fed(SLICE("12345678\nx\n"), step, 8, false, &got), HTTP_LINES_MORE);
		assert_string_equal(text_string(&got), "[12345678][x]<>");
		assert_int_equal(fed(SLICE("x\n123456789\n"), step, 8, false, &got), HTTP_LINES_TOO_LONG);
	}
}

static void enough_is_enough(void **state)
{
	(void)state;
	AUTO_TEXT struct text got = text_make(1000);
	for (size_t step = 1; step < 20; step++) {
		assert_int_equal(fed(SLICE("a\nenough\nb\n"), step, 8, false, &got), HTTP_LINES_UNWANTED);
		assert_contains(text_string(&got), "[a][enough]<");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_in_pieces_of_every_size),
		cmocka_unit_test(what_is_too_long_ends_it),
		cmocka_unit_test(enough_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
