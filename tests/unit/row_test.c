/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_store.h"

#include "ingest/reader.h"

static const struct row_rights CAPTURE = {.writes = ROW_WRITES_CAPTURE, .source = 3, .flow = 10, .dns = 20};

struct sunk {
	struct store *store;
	const struct row_rights *rights;
	size_t batches;
};

static enum status sink(void *to, struct slice batch, struct error *err)
{
	struct sunk *s = to;
	s->batches++;
	return row_apply(s->store, s->rights, batch, &(struct row_tally){0}, err);
}

static void put_name(struct row_stream *s, int64_t flow, struct slice name)
{
	struct row_stream *q = row_begin(s, QUERY_NAME_INSERT);
	row_i64(q, 1, flow);
	row_slice(q, 2, name);
	row_text(q, 3, "sni");
	row_i64(q, 4, INT64_MIN);
	row_text(q, 5, NULL);
}

static void rows_arrive_as_they_were_written(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct sunk sunk = {r->store, &CAPTURE, 0};
	struct row_stream *s = row_stream_new(sink, &sunk);
	put_name(s, 10, SLICE("a\0b"));
	assert_int_equal(row_end(s, &err), OK);
	put_name(s, 11, SLICE(""));
	assert_int_equal(row_end(s, &err), OK);
	assert_int_equal(sunk.batches, 0);
	assert_int_equal(row_flush(s, &err), OK);
	assert_int_equal(row_flush(s, &err), OK); /* nothing is left */
	assert_int_equal(sunk.batches, 1);
	assert_rows(r->store, "SELECT flow, hex(name), how, time_ns, detail FROM name",
		    "10|610062|sni|-9223372036854775808|-;11||sni|-9223372036854775808|-;");
	row_stream_free(s);
}

/* More than a batch in one row, and many rows: none is lost. */
static void batches_are_handed_on(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct sunk sunk = {r->store, &CAPTURE, 0};
	struct row_stream *s = row_stream_new(sink, &sunk);
	const size_t size = 5 * ROW_BATCH + 3;
	char *large = malloc(size);
	assert_non_null(large);
	memset(large, 'x', size);
	assert_int_equal(store_begin(r->store, &err), OK);
	put_name(s, 10, slice_of(large, size));
	assert_int_equal(row_end(s, &err), OK);
	assert_int_equal(sunk.batches, 1);
	for (int64_t i = 0; i < 10000; i++) {
		put_name(s, 10 + i, SLICE("name.example"));
		assert_int_equal(row_end(s, &err), OK);
	}
	assert_int_equal(row_flush(s, &err), OK);
	assert_true(sunk.batches > 3 && sunk.batches < 100);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM name"), 10001);
	assert_int_equal(rows_number(r->store, "SELECT max(length(name)) FROM name"), size);
	free(large);
	row_stream_free(s);
}

/* What a row may be: a statement, and up to three values. */
struct try {
	enum query query;
	struct {
		int at;
		const char *text; /* NULL: the number */
		int64_t number;
	} values[3];
};

static enum status attempt(struct rows *r, const struct row_rights *rights, const struct try *t)
{
	struct error err = {0};
	struct sunk sunk = {r->store, rights, 0};
	struct row_stream *s = row_stream_new(sink, &sunk);
	row_begin(s, t->query);
	for (size_t i = 0; i < 3 && t->values[i].at; i++)
		if (t->values[i].text)
			row_text(s, t->values[i].at, t->values[i].text);
		else
			row_i64(s, t->values[i].at, t->values[i].number);
	assert_int_equal(row_end(s, &err), OK);
	enum status status = row_flush(s, &err);
	row_stream_free(s);
	return status;
}

static void only_rows_of_its_own(void **state)
{
	struct rows *r = *state;
	static const struct try refused[] = {
		{QUERY_SESSION_SET, {{1, "scope", 0}, {2, "host", 0}}},       /* another kind's */
		{QUERY_JUDGE_RESET_FINDING, {{0}}},                           /* nobody's */
		{QUERY_DNS_ANSWER, {{1, NULL, 19}}},                          /* another file's */
		{QUERY_DNS_ANSWER, {{2, "NOERROR", 0}}},                      /* does not say whose */
		{QUERY_DNS_ANSWER, {{1, "20", 0}}},                           /* says it as text */
		{QUERY_DNS_ANSWER, {{1, NULL, 20}, {1, "3", 0}}},             /* says it twice */
		{QUERY_DNS_ANSWER, {{1, NULL, 20}, {1, NULL, 3}}},            /* likewise */
		{QUERY_SKIP_ADD, {{1, NULL, 2}, {2, "x", 0}, {3, NULL, 1}}},  /* another source */
		{QUERY_DNS_ANSWER, {{1, NULL, 20}, {9, "no such column", 0}}},
	};
	static const struct try allowed = {QUERY_DNS_ANSWER, {{1, NULL, 20}, {2, "NOERROR", 0}}};
	for (size_t i = 0; i < LENGTH(refused); i++)
		assert_int_equal(attempt(r, &CAPTURE, &refused[i]), ERR_MALFORMED);
	assert_int_equal(attempt(r, &CAPTURE, &allowed), OK);
	const struct row_rights none = {0};
	assert_int_equal(attempt(r, &none, &allowed), ERR_MALFORMED);
}

/* A reader of traces: attempts and processes of its own file, nothing of a session. */
static void traces_write_little(void **state)
{
	struct rows *r = *state;
	const struct row_rights trace = {
		.writes = ROW_WRITES_TRACE, .source = 1, .flow = 10, .dns = 20, .attempt = 30, .process = 40};
	static const struct try refused[] = {
		{QUERY_TRACE_ATTEMPT_PROCESS, {{1, NULL, 29}, {2, NULL, 40}}}, /* another file's attempt */
		{QUERY_TRACE_ATTEMPT_PROCESS, {{1, NULL, 30}, {2, NULL, 39}}}, /* or process */
		{QUERY_TRACE_ATTEMPT_INSERT, {{1, NULL, 5}, {14, NULL, 2}, {16, NULL, 30}}},
		{QUERY_TRACE_ATTEMPT_INSERT, {{1, NULL, 5}, {14, NULL, 1}, {16, NULL, 3}}},
		{QUERY_PROCESS_END, {{1, NULL, 39}, {2, NULL, 5}}},
		{QUERY_ATTEMPT_OUTCOME, {{1, NULL, 30}, {2, "ok", 0}}},
		{QUERY_ATTEMPT_INSERT, {{1, NULL, 5}, {23, NULL, 1}, {25, NULL, 30}}},
		{QUERY_CANARY_SEEN_INSERT, {{1, NULL, 1}, {2, "kernel", 0}}},
		{QUERY_LOSS_INSERT, {{1, NULL, 1}, {2, "kernel", 0}, {3, NULL, 0}}},
	};
	static const struct try allowed = {QUERY_TRACE_ATTEMPT_PROCESS, {{1, NULL, 30}, {2, NULL, 40}}};
	for (size_t i = 0; i < LENGTH(refused); i++)
		assert_int_equal(attempt(r, &trace, &refused[i]), ERR_MALFORMED);
	assert_int_equal(attempt(r, &trace, &allowed), OK);
	assert_int_equal(attempt(r, &CAPTURE, &allowed), ERR_MALFORMED);
}

/* Every prefix of a batch but those that end with a row is refused. */
static enum status keep(void *to, struct slice batch, struct error *err)
{
	struct slice *kept = to;
	(void)err;
	unsigned char *copy = malloc(batch.size);
	assert_non_null(copy);
	memcpy(copy, batch.at, batch.size);
	*kept = slice_of(copy, batch.size);
	return OK;
}

static void rows_that_are_cut_off(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct slice batch = {0};
	struct row_stream *s = row_stream_new(keep, &batch);
	put_name(s, 10, SLICE("name.example"));
	assert_int_equal(row_end(s, &err), OK);
	assert_int_equal(row_flush(s, &err), OK);
	row_stream_free(s);
	for (size_t cut = 1; cut < batch.size; cut++)
		assert_int_equal(row_apply(r->store, &CAPTURE, slice_part(batch, 0, cut),
					   &(struct row_tally){0}, &err), ERR_MALFORMED);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM name"), 0);
	assert_int_equal(row_apply(r->store, &CAPTURE, batch, &(struct row_tally){0}, &err), OK);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM name"), 1);
	free((void *)(uintptr_t)batch.at);
}

/* A file may claim that any number of packets was dropped, and do so again and again. */
static void counts_do_not_run_over(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct sunk sunk = {r->store, &CAPTURE, 0};
	struct ingest to = {.source = 3, .path = "f", .rows = row_stream_new(sink, &sunk)};
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ingest_skip_many(&to, "a", UINT64_MAX, 1, SLICE(""), &err), OK);
		assert_int_equal(ingest_skip_many(&to, "b", INT64_MAX, 1, SLICE(""), &err), OK);
		assert_int_equal(ingest_skip_many(&to, "c", 5, 1, SLICE(""), &err), OK);
	}
	assert_int_equal(ingest_skip_finish(&to, &err), OK);
	assert_int_equal(row_flush(to.rows, &err), OK);
	row_stream_free(to.rows);
	assert_rows(r->store, "SELECT reason, count FROM skipped",
		    "a|1125899906842624;b|1125899906842624;c|15;");
	assert_rows(r->store, "SELECT sum(count) FROM skipped", "2251799813685263;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(rows_arrive_as_they_were_written),
		rows_test(batches_are_handed_on),
		rows_test(only_rows_of_its_own),
		rows_test(traces_write_little),
		rows_test(rows_that_are_cut_off),
		rows_test(counts_do_not_run_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
