/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/evidence.h"

#include <signal.h>
#include <sys/resource.h>

static const char NAME[] = "evidence.ndjson";

static struct evidence *opened(const struct scratch *s)
{
	struct evidence *e = NULL;
	struct error err = {0};
	assert_int_equal(evidence_open(s->fd, NAME, "00ff", &e, &err), OK);
	assert_non_null(e);
	return e;
}

static void add_record(struct evidence *e, int64_t t)
{
	struct json *j = evidence_begin(e, "test", t);
	json_add_string(j, "x", "y");
	evidence_end(e);
}

/* Reads the file as the chain's reader does. */
static struct chain_reader read_back(const struct scratch *s)
{
	size_t size;
	char *bytes = scratch_get(s, NAME, &size);
	struct cursor c = cursor_over(slice_of(bytes, size));
	struct chain_reader r = chain_reader_start();
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole)) {
		struct json_value v;
		assert_true(line.size < CHAIN_LINE_MAX);
		assert_null(json_read(line, &v, NULL));
		chain_read(&r, line, whole);
	}
	free(bytes);
	chain_reader_end(&r);
	return r;
}

static void what_is_written_holds(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = opened(s);
	struct error err = {0};
	assert_int_equal(evidence_records(e), 1); /* the first one says what this is */
	add_record(e, 1);
	add_record(e, 2);
	evidence_checkpoint(e, SLICE("{\"kernel\":0}"), false);
	add_record(e, 3);
	evidence_checkpoint(e, SLICE("{\"kernel\":1}"), true);
	assert_int_equal(evidence_records(e), 6);
	assert_int_equal(evidence_status(e, &err), OK);
	assert_int_equal(evidence_close(&e, &err), OK);
	assert_null(e);
	assert_int_equal(evidence_close(&e, &err), OK);
	struct chain_reader r = read_back(s);
	assert_null(r.problem);
	assert_true(r.closed);
	assert_int_equal(r.records, 6);
	assert_int_equal(r.checkpoints, 2);
	assert_int_equal(r.sealed_bytes, r.bytes);
}

static void the_first_line_names_the_session(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = opened(s);
	size_t size;
	char *bytes = scratch_get(s, NAME, &size); /* written at once, not at the end */
	struct json_member m[] = {{.key = "kind"}, {.key = "format"}, {.key = "session"},
				  {.key = "next_key"}, {.key = "version"}, {.key = "t"},
				  {.key = "secret_key"}};
	assert_null(json_read_object(slice_of(bytes, size), m, LENGTH(m), NULL));
	assert_slice(m[0].value.raw, "open");
	assert_slice(m[1].value.raw, "airgap-verify evidence");
	assert_slice(m[2].value.raw, "00ff");
	assert_int_equal(m[3].value.raw.size, 2 * KEY_PUBLIC_SIZE);
	assert_slice(m[4].value.raw, "1");
	assert_int_equal(m[5].value.type, JSON_NUMBER);
	assert_true(slice_is(m[6].value.raw, key_kept()));
	free(bytes);
	evidence_abandon(&e);
	evidence_abandon(&e);
}

static void a_file_that_is_there_is_not_touched(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = NULL;
	struct error err = {0};
	scratch_put(s, NAME, SLICE("older"));
	assert_int_equal(evidence_open(s->fd, NAME, "00", &e, &err), ERR_CREATE);
	assert_contains(err.text, NAME);
	assert_null(e);
	size_t size;
	char *bytes = scratch_get(s, NAME, &size);
	assert_string_equal(bytes, "older");
	free(bytes);
}

static void checkpoints_are_due_by_time_and_by_number(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = opened(s);
	struct error err = {0};
	int64_t now = clock_mono();
	assert_false(evidence_is_due(e, now));
	assert_true(evidence_is_due(e, now + EVIDENCE_CHECKPOINT_NS));
	for (size_t i = 1; i < EVIDENCE_CHECKPOINT_RECORDS - 1; i++)
		add_record(e, 1);
	assert_false(evidence_is_due(e, now));
	add_record(e, 1);
	assert_true(evidence_is_due(e, now));
	evidence_checkpoint(e, SLICE("{}"), false);
	assert_false(evidence_is_due(e, clock_mono()));
	assert_int_equal(evidence_close(&e, &err), OK);
}

/* A record whose line, LF included, is `size` bytes long. */
static void add_of_size(struct evidence *e, size_t size)
{
	static const char frame[] = "{\"kind\":\"big\",\"t\":1,\"x\":\"\"}\n";
	size_t filling = size - (sizeof frame - 1);
	char *bytes = must_alloc(filling, 1);
	memset(bytes, 'x', filling);
	struct json *j = evidence_begin(e, "big", 1);
	json_add_slice(j, "x", slice_of(bytes, filling));
	evidence_end(e);
	free(bytes);
}

static void a_record_too_long_is_replaced_by_one_that_says_so(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = opened(s);
	struct error err = {0};
	add_of_size(e, CHAIN_LINE_MAX - 1);
	add_of_size(e, CHAIN_LINE_MAX);
	add_of_size(e, CHAIN_LINE_MAX + 1);
	struct json *j = evidence_begin(e, "deep", 1); /* cut off inside of an object */
	json_begin_object(j, "o");
	char *bytes = must_alloc(CHAIN_LINE_MAX, 1);
	json_add_slice(j, "zeros", slice_of(bytes, CHAIN_LINE_MAX));
	free(bytes);
	json_end_object(j);
	evidence_end(e);
	add_record(e, 2);
	evidence_checkpoint(e, SLICE("{}"), true);
	assert_int_equal(evidence_close(&e, &err), OK);
	struct chain_reader r = read_back(s);
	assert_null(r.problem);
	assert_true(r.closed);
	assert_int_equal(r.records, 7);
	size_t size;
	bytes = scratch_get(s, NAME, &size);
	struct slice all = slice_of(bytes, size), needle = SLICE("{\"kind\":\"overlong\",");
	unsigned found = 0;
	for (size_t at; (at = slice_search(all, needle)) < all.size; found++)
		all = slice_part(all, at + needle.size, all.size);
	free(bytes);
	assert_int_equal(found, 2);
}

static void a_full_disk_sticks_and_is_told(void **state)
{
	struct scratch *s = *state;
	struct evidence *e = opened(s);
	struct error err = {0};
	struct rlimit before, limit;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 1000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (int i = 0; i < 100; i++)
		add_record(e, i);
	evidence_flush(e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	uint64_t records = evidence_records(e);
	assert_int_equal(evidence_status(e, &err), ERR_IO);
	assert_contains(err.text, NAME);
	add_record(e, 1); /* dropped, although there is room again */
	evidence_checkpoint(e, SLICE("{}"), true);
	assert_int_equal(evidence_records(e), records);
	assert_int_equal(evidence_close(&e, &err), ERR_IO);
	assert_null(e);
	size_t size;
	free(scratch_get(s, NAME, &size));
	assert_true(size <= 1000); /* what was written stays */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_is_written_holds),
		scratch_test(the_first_line_names_the_session),
		scratch_test(a_file_that_is_there_is_not_touched),
		scratch_test(checkpoints_are_due_by_time_and_by_number),
		scratch_test(a_record_too_long_is_replaced_by_one_that_says_so),
		scratch_test(a_full_disk_sticks_and_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
