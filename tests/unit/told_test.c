/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "fleet/told.h"

static const struct told sample = {
	.kind = TOLD_ROW,
	.table = TABLE_FINDING,
	.values = {{.type = VALUE_NULL}, {.type = VALUE_NUMBER, .number = INT64_MIN}, {.type = VALUE_TEXT, .text = {(const unsigned char *)"a\0b", 3}},
		   {.type = VALUE_TEXT}},
	.count = 4,
};

static void what_is_written_is_read(void **state)
{
	(void)state;
	struct told r;
	size_t size;
	AUTO_TEXT struct text t = text_make(1024);
	told_add(&sample, &t);
	assert_true(told_size(text_slice(&t), &size));
	assert_int_equal(size + TOLD_HEAD, t.size);
	assert_null(told_read(slice_part(text_slice(&t), TOLD_HEAD, size), &r));
	assert_int_equal(r.kind, TOLD_ROW);
	assert_int_equal(r.table, TABLE_FINDING);
	assert_int_equal(r.count, 4);
	assert_int_equal(r.values[0].type, VALUE_NULL);
	assert_true(r.values[1].number == INT64_MIN);
	assert_true(slice_equal(r.values[2].text, sample.values[2].text));
	assert_int_equal(r.values[3].type, VALUE_TEXT);
	assert_int_equal(r.values[3].text.size, 0);
}

static void no_part_of_one_is_read(void **state)
{
	(void)state;
	struct told r;
	AUTO_TEXT struct text t = text_make(1024);
	told_add(&sample, &t);
	struct slice bytes = slice_part(text_slice(&t), TOLD_HEAD, t.size);
	for (size_t size = 0; size < bytes.size; size++)
		assert_non_null(told_read(slice_part(bytes, 0, size), &r));
	text_add_char(&t, 0);
	assert_string_equal(told_read(slice_part(text_slice(&t), TOLD_HEAD, t.size), &r), "something behind the last value");
}

static void nonsense_is_refused(void **state)
{
	(void)state;
	static const struct {
		struct slice bytes;
		const char *wrong;
	} cases[] = {
		{{(const unsigned char *)"\0\0\0", 3}, "a record of no kind"},
		{{(const unsigned char *)"\6\0\0", 3}, "a record of no kind"},
		{{(const unsigned char *)"\4\7\0", 3}, "a record of no kind"},
		{{(const unsigned char *)"\4\0\25", 3}, "more values than any record has"},
		{{(const unsigned char *)"\4\0\1\3", 4}, "a value of no kind"},
		{{(const unsigned char *)"\4\0\1\2\377\377\377\377", 8}, "a record that is cut off"},
	};
	struct told r;
	size_t size;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(told_read(cases[i].bytes, &r), cases[i].wrong);
	assert_false(told_size(SLICE("\0\0\0\0"), &size));
	assert_false(told_size(SLICE("\0\0\0\1"), &size));
	assert_false(told_size(SLICE("\1\0\0"), &size));
}

static void rows_are_held_against_their_table(void **state)
{
	(void)state;
	const char *column;
	struct value row[] = {value_number(1), value_text("kernel"), value_number(5), value_number(6), value_text("seeing"), value_number(0),
			      {.type = VALUE_NULL}};
	const struct table *t = &tables[TABLE_COVERAGE];
	assert_null(table_check(t, row, LENGTH(row), &column));
	assert_string_equal(table_check(t, row, LENGTH(row) - 1, &column), "another number of columns");
	row[1] = value_number(3);
	assert_string_equal(table_check(t, row, LENGTH(row), &column), "a number where a text must stand");
	assert_string_equal(column, "witness");
	row[1] = value_text("a\xff");
	assert_string_equal(table_check(t, row, LENGTH(row), &column), "a text that is not UTF-8");
	row[1] = value_slice(slice_of("a\0", 2));
	assert_string_equal(table_check(t, row, LENGTH(row), &column), "a text that is not UTF-8");
	row[1] = (struct value){.type = VALUE_NULL};
	assert_string_equal(table_check(t, row, LENGTH(row), &column), "nothing where something must stand");
	struct value actor[] = {value_number(1), {0}, {0}, {0}, {0}, value_number(INT64_C(1) << 31), {0}, {0}, {0}, {0}, {0}};
	assert_string_equal(table_check(&tables[TABLE_ACTOR], actor, LENGTH(actor), &column), "a number that is too large");
	assert_string_equal(column, "errno");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(no_part_of_one_is_read),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(rows_are_held_against_their_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
