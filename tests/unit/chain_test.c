/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/chain.h"
#include "core/json.h"

enum { LOG_MAX = 1 << 20 };

static void add_line(struct chain_writer *w, struct text *log, const char *line)
{
	chain_add(w, slice_of_string(line));
	text_add_string(log, line);
}

/* A first line, and `checkpoints` times two records with a checkpoint behind. */
static struct text make_log(unsigned checkpoints, bool closed)
{
	struct text log = text_make(LOG_MAX);
	AUTO_TEXT struct text first = text_make(1000);
	unsigned char key[KEY_PUBLIC_SIZE];
	struct chain_writer *w = chain_writer_new();
	chain_first_key(w, key);
	struct json j = json_on(&first);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", "open");
	json_add_hex(&j, "next_key", key, sizeof key);
	json_end_object(&j);
	text_add_char(&first, '\n');
	add_line(w, &log, text_string(&first));
	for (unsigned i = 1; i <= checkpoints; i++) {
		add_line(w, &log, "{\"kind\":\"a\",\"t\":1}\n");
		add_line(w, &log, "{\"kind\":\"b\",\"t\":2}\n");
		assert_int_equal(chain_unsealed(w), i == 1 ? 3 : 2);
		struct clock_pair now = {1000 + i, i};
		chain_checkpoint(w, now, SLICE("{\"kernel\":0}"), closed && i == checkpoints, &log);
		assert_int_equal(chain_unsealed(w), 0);
	}
	chain_writer_free(w);
	assert_false(log.overflow);
	return log;
}

static struct chain_reader read_log(struct slice log)
{
	struct chain_reader r = chain_reader_start();
	struct cursor c = cursor_over(log);
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole))
		chain_read(&r, line, whole);
	chain_reader_end(&r);
	return r;
}

static bool holds_to_its_end(struct slice log)
{
	struct chain_reader r = read_log(log);
	return !r.problem && r.closed && r.sealed_bytes == log.size && r.bytes == log.size;
}

static void check_problem(struct slice log, const char *why, uint64_t record, uint64_t checkpoints)
{
	struct chain_reader r = read_log(log);
	assert_non_null(r.problem);
	assert_contains(r.problem, why);
	assert_int_equal(r.problem_record, record);
	assert_int_equal(r.checkpoints, checkpoints);
	assert_true(r.sealed_bytes <= r.bytes);
	assert_int_equal(r.sealed_bytes > 0, checkpoints > 0); /* nothing is sealed unchecked */
}

static void what_was_written_holds(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(3, true);
	struct chain_reader r = read_log(text_slice(&log));
	assert_null(r.problem);
	assert_true(r.closed);
	assert_int_equal(r.checkpoints, 3);
	assert_int_equal(r.records, 1 + 3 * 3);
	assert_int_equal(r.sealed_records, r.records);
	assert_int_equal(r.bytes, log.size);
	assert_int_equal(r.sealed_bytes, log.size);
	assert_int_equal(r.last_wall_ns, 1003);
	assert_true(holds_to_its_end(text_slice(&log)));
}

static void one_that_was_not_closed_says_so(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(2, false);
	size_t sealed = log.size;
	text_add_string(&log, "{\"kind\":\"a\",\"t\":9}\n");
	struct chain_reader r = read_log(text_slice(&log));
	assert_null(r.problem);
	assert_false(r.closed);
	assert_int_equal(r.sealed_bytes, sealed);
	assert_int_equal(r.sealed_records, 7);
	assert_int_equal(r.bytes, log.size);
	assert_int_equal(r.records, 8);
}

static void every_flipped_byte_is_noticed(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(2, true);
	static const unsigned char flips[] = {0x01, 0x20, 0x80, 0xff};
	assert_true(holds_to_its_end(text_slice(&log)));
	for (size_t i = 0; i < log.size; i++)
		for (size_t f = 0; f < LENGTH(flips); f++) {
			log.at[i] = (char)((unsigned char)log.at[i] ^ flips[f]);
			if (holds_to_its_end(text_slice(&log)))
				print_error("byte %zu with %02x was not noticed\n", i, flips[f]);
			assert_false(holds_to_its_end(text_slice(&log)));
			log.at[i] = (char)((unsigned char)log.at[i] ^ flips[f]);
		}
}

static void every_cut_is_noticed(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(2, true);
	uint64_t sealed = 0;
	for (size_t size = 0; size < log.size; size++) {
		struct chain_reader r = read_log(slice_part(text_slice(&log), 0, size));
		assert_false(r.closed);
		assert_true(r.sealed_bytes <= size);
		assert_true(r.sealed_bytes >= sealed); /* what was sealed stays so */
		sealed = r.sealed_bytes;
	}
	assert_true(sealed > 0);
}

/* The n-th line (from 0), LF included. */
static struct slice line_of(const struct text *log, size_t n)
{
	struct cursor c = cursor_over(text_slice(log));
	struct slice line = {0};
	for (size_t i = 0; i <= n; i++)
		assert_true(cursor_line(&c, &line, NULL));
	return slice_of(line.at, line.size + 1);
}

static struct text lines_in_order(const struct text *log, const size_t order[], size_t count)
{
	struct text other = text_make(LOG_MAX);
	for (size_t i = 0; i < count; i++)
		text_add(&other, line_of(log, order[i]));
	return other;
}

static void changed_order_is_noticed(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(3, true); /* key a b C a b C a b C */
	static const struct {
		size_t order[11], count;
		const char *why;
		uint64_t record, checkpoints;
	} cases[] = {
		{{0, 2, 1, 3}, 4, "SHA-256", 4, 0},               /* two records swapped */
		{{0, 1, 3}, 3, "other bytes or records", 3, 0},   /* one taken out */
		{{0, 1, 1, 2, 3}, 5, "other bytes or records", 5, 0}, /* one put in twice */
		{{0, 1, 2, 6}, 4, "out of its order", 4, 0},
		{{0, 1, 2, 3, 4, 5, 9}, 7, "out of its order", 7, 1},
		{{0, 1, 2, 3, 3}, 5, "out of its order", 5, 1},
		{{1, 2, 3}, 3, "names no key", 1, 0},
		{{3}, 1, "where the first line should", 1, 0}, /* its key is nobody's */
		{{3, 4, 5, 6}, 4, "where the first line should", 1, 0},
		{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1}, 11, "behind the last checkpoint", 11, 3},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text other = lines_in_order(&log, cases[i].order, cases[i].count);
		check_problem(text_slice(&other), cases[i].why, cases[i].record,
			      cases[i].checkpoints);
		assert_false(holds_to_its_end(text_slice(&other)));
	}
}

static void another_key_does_not_fit(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(1, true), other = make_log(1, true);
	AUTO_TEXT struct text mixed = text_make(LOG_MAX);
	text_add(&mixed, line_of(&log, 0));
	text_add(&mixed, line_of(&log, 1));
	text_add(&mixed, line_of(&log, 2));
	text_add(&mixed, line_of(&other, 3)); /* same counts, but another first line before it */
	check_problem(text_slice(&mixed), "SHA-256", 4, 0);
}

/* Replaces the last line of a log; `from` stands once in it. */
static struct text edited(const struct text *log, const char *from, const char *to)
{
	struct text other = text_make(LOG_MAX);
	struct slice all = text_slice(log);
	size_t last = all.size - 1;
	while (last > 0 && all.at[last - 1] != '\n')
		last--;
	size_t at = last + slice_search(slice_part(all, last, all.size), slice_of_string(from));
	assert_true(at < all.size);
	text_add(&other, slice_part(all, 0, at));
	text_add_string(&other, to);
	text_add(&other, slice_part(all, at + strlen(from), all.size));
	return other;
}

static void nothing_can_be_added_to_the_last_checkpoint(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(1, true);
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
		{"\"}\n", "\",\"lost2\":{}}\n", "without a readable signature"},
		{"\"}\n", "\"}  \n", "without a readable signature"},
		{"\"}\n", "\"} x\n", "behind the value"},
		{"\"sig\":\"", "\"sig\": \"", "without a readable signature"},
		{",\"sig\"", ",\"gis\"", "without a readable signature"},
		{"\"sig\":\"", "\"sig\":\"00", "does not fit"},
		{"{\"kernel\":0}", "{\"kernel\":1}", "does not fit"},
		{"\"n\":1", "\"n\":2", "out of its order"},
		{"\"records\":3", "\"records\":\"3\"", "lacks its counts"},
		{"\"t\":1001", "\"t\":1002", "does not fit"},
		{"\"bytes\":", "\"sytes\":", "lacks its counts"},
		{"\"mono\":1", "\"n\":1", "twice"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text other = edited(&log, cases[i].from, cases[i].to);
		check_problem(text_slice(&other), cases[i].why, 4, 0);
	}
}

static void a_log_without_a_key(void **state)
{
	(void)state;
	static const struct {
		const char *log, *why;
	} cases[] = {
		{"{\"kind\":\"open\"}\n", "names no key"},
		{"{\"kind\":\"open\",\"next_key\":\"04\"}\n", "names no key"},
		{"{\"kind\":\"open\",\"next_key\":4}\n", "names no key"},
		{"\n", "nothing"},
		{"not JSON\n", "no JSON value"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct chain_reader r = read_log(slice_of_string(cases[i].log));
		assert_non_null(r.problem);
		assert_contains(r.problem, cases[i].why);
		assert_int_equal(r.problem_record, 1);
		assert_int_equal(r.sealed_bytes, 0);
		assert_false(r.have_key);
	}
	struct chain_reader r = read_log(slice_of(NULL, 0));
	assert_null(r.problem);
	assert_int_equal(r.records + r.bytes + r.checkpoints + r.closed, 0);
}

static void after_a_problem_the_rest_is_counted(void **state)
{
	(void)state;
	AUTO_TEXT struct text log = make_log(3, true);
	struct slice second = line_of(&log, 4);
	((unsigned char *)(uintptr_t)second.at)[2] ^= 1;
	struct chain_reader r = read_log(text_slice(&log));
	assert_contains(r.problem, "SHA-256");
	assert_int_equal(r.problem_record, 7);
	assert_int_equal(r.checkpoints, 1);
	assert_int_equal(r.sealed_records, 4);
	assert_int_equal(r.records, 10);
	assert_int_equal(r.bytes, log.size);
	assert_false(r.closed);
	chain_writer_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_holds),
		cmocka_unit_test(one_that_was_not_closed_says_so),
		cmocka_unit_test(every_flipped_byte_is_noticed),
		cmocka_unit_test(every_cut_is_noticed),
		cmocka_unit_test(changed_order_is_noticed),
		cmocka_unit_test(another_key_does_not_fit),
		cmocka_unit_test(nothing_can_be_added_to_the_last_checkpoint),
		cmocka_unit_test(a_log_without_a_key),
		cmocka_unit_test(after_a_problem_the_rest_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
