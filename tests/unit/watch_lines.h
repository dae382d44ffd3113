/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_WATCH_LINES_H
#define TESTS_UNIT_WATCH_LINES_H

/*
 * Lines of evidence into the model of a watch: by the reader of ingest, in this process.
 */

#include "tests/unit/test.h"

#include "cli/watch_model.h"
#include "core/text.h"
#include "ingest/registry.h"

struct watched_model {
	struct watch_model *m;
	struct watch_change last; /* the last change that was one */
	size_t changes;
};

static inline enum status watch_lines_sink(void *to, struct slice batch, struct error *err)
{
	struct watched_model *w = to;
	struct watch_change change;
	struct row_values row;
	const char *wrong;
	(void)err;
	for (struct cursor c = cursor_over(batch); row_read(&c, &row, &wrong);) {
		watch_apply(w->m, &row, &change);
		if (change.what) {
			w->last = change;
			w->changes++;
		}
	}
	assert_null(wrong);
	return OK;
}

/* For the eye they are written with ' in the place of ". Each call is a log of its own. */
static inline void watch_lines(struct watched_model *w, const char *lines)
{
	AUTO_TEXT struct text text = text_make(1 << 20);
	for (size_t i = 0; lines[i]; i++)
		text_add_char(&text, lines[i] == '\'' ? '"' : lines[i]);
	struct start *start = calloc(1, sizeof *start);
	assert_non_null(start);
	start->attempt = start->process = start->dns = start->flow = 1;
	struct error err = {0};
	struct input in;
	uint64_t records;
	struct ingest to = {.rows = row_stream_new(watch_lines_sink, w), .start = start, .source = 1, .path = "evidence.ndjson"};
	input_over(text_slice(&text), to.path, &in);
	assert_int_equal(reader_evidence.read(&to, &in, &records, &err), OK);
	assert_int_equal(ingest_skip_finish(&to, &err), OK);
	assert_int_equal(row_flush(to.rows, &err), OK);
	row_stream_free(to.rows);
	input_close(&in);
	free(start);
}

/* Any row: one letter a value, i (int64_t), t (const char *) or - (none), from position 1 on. */
static inline void watch_row(struct watched_model *w, enum query query, const char *types, ...)
{
	va_list values;
	struct error err = {0};
	struct row_stream *s = row_stream_new(watch_lines_sink, w);
	row_begin(s, query);
	va_start(values, types);
	for (int at = 1; types[at - 1]; at++) {
		if (types[at - 1] == 'i')
			row_i64(s, at, va_arg(values, int64_t));
		if (types[at - 1] == 't')
			row_text(s, at, va_arg(values, const char *));
	}
	va_end(values);
	assert_int_equal(row_end(s, &err), OK);
	assert_int_equal(row_flush(s, &err), OK);
	row_stream_free(s);
}

static inline int watched_setup(void **state)
{
	struct watched_model *w = calloc(1, sizeof *w);
	if (!w)
		return -1;
	w->m = watch_model_new();
	*state = w;
	return 0;
}

static inline int watched_teardown(void **state)
{
	struct watched_model *w = *state;
	watch_model_free(w->m);
	free(w);
	return 0;
}

#define WATCHED(test) cmocka_unit_test_setup_teardown(test, watched_setup, watched_teardown)

#endif
