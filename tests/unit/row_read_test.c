/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/text.h"
#include "ingest/row_read.h"

static enum status keep(void *to, struct slice batch, struct error *err)
{
	(void)err;
	text_add(to, batch);
	return OK;
}

static void rows_come_back_as_they_were(void **state)
{
	(void)state;
	AUTO_TEXT struct text batch = text_make(4096);
	struct error err = {0};
	struct row_stream *s = row_stream_new(keep, &batch);
	row_begin(s, QUERY_LOSS_INSERT);
	row_i64(s, 1, -5);
	row_slice(s, 32, SLICE("a\0b"));
	assert_int_equal(row_end(s, &err), OK);
	row_begin(s, QUERY_SESSION_SET);
	assert_int_equal(row_end(s, &err), OK);
	assert_int_equal(row_flush(s, &err), OK);
	row_stream_free(s);
	struct cursor c = cursor_over(text_slice(&batch));
	struct row_values row;
	const char *wrong;
	assert_true(row_read(&c, &row, &wrong));
	assert_int_equal(row.query, QUERY_LOSS_INSERT);
	assert_int_equal(row_number(&row, 1, 0), -5);
	assert_int_equal(row_number(&row, 2, 7), 7);
	assert_slice(row_string(&row, 32), "a\0b");
	assert_slice(row_string(&row, 1), ""); /* a number is no text */
	assert_int_equal(row_number(&row, 32, 7), 7);
	assert_true(row_read(&c, &row, &wrong));
	assert_int_equal(row.query, QUERY_SESSION_SET);
	assert_false(row_read(&c, &row, &wrong));
	assert_null(wrong);
}

/* Each: a row of the size that it says. */
static void what_is_no_row_is_refused(void **state)
{
	(void)state;
	static const struct slice broken[] = {
		SLICE("\x01\0\0"),                             /* no size */
		SLICE("\x05\0\0\0\x01\0\0\0"),                 /* shorter than it says */
		SLICE("\x02\0\0\0\x01\0"),                     /* no number of values */
		SLICE("\x04\0\0\0\xff\xff\0\0"),               /* no such statement */
		SLICE("\x04\0\0\0\x01\0\x01\0"),               /* a value is missing */
		SLICE("\x05\0\0\0\x01\0\0\0x"),                /* something behind the last value */
		SLICE("\x06\0\0\0\x01\0\x01\0\x01x"),          /* a value of no type */
		SLICE("\x0e\0\0\0\x01\0\x01\0\0i12345678"),    /* position 0 */
		SLICE("\x0e\0\0\0\x01\0\x01\0\x21i12345678"),  /* behind the last position */
		SLICE("\x0a\0\0\0\x01\0\x01\0\x01t\x01\0\0\0"), /* a text that is cut off */
	};
	for (size_t i = 0; i < LENGTH(broken); i++) {
		struct cursor c = cursor_over(broken[i]);
		struct row_values row;
		const char *wrong;
		assert_false(row_read(&c, &row, &wrong));
		assert_non_null(wrong);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back_as_they_were),
		cmocka_unit_test(what_is_no_row_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
