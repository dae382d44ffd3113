/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two kinds of streams as bytes, without a connection.
 */
#include "tests/unit/test.h"

#include "benchmark/server_stream.h"

/* Feeds `input` split at `at`, and its end. */
static void fed(enum server_kind kind, struct slice input, size_t at, struct server_reply *ret)
{
	struct server_stream s;
	server_stream_begin(&s, kind, ret);
	if (server_stream_feed(&s, slice_part(input, 0, at), 5))
		server_stream_feed(&s, slice_part(input, at, input.size), 6);
	server_stream_end(&s);
	server_stream_free(&s);
}

#define O SERVER_OLLAMA
#define A SERVER_OPENAI
#define SAYS(text) "data: {\"choices\":[{\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define STOPS "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"

static const struct {
	enum server_kind kind;
	const char *input;
	enum server_end end;
	const char *text, *thought, *detail;
} rows[] = {
	{O, "{\"response\":\"a\"}\n{\"response\":\"b\",\"done\":true}\n", SERVER_STOPPED, "ab", "", ""},
	{O, "{\"response\":\"a\"}\n{\"response\":\"b\",\"done\":true}", SERVER_STOPPED, "ab", "", ""},
	{O, "\xef\xbb\xbf{\"response\":\"a\",\"thinking\":\"t\",\"done\":true,\"done_reason\":\"length\"}\n{broken", SERVER_LENGTH, "a", "t", ""},
	{O, "{\"response\":\"a\"}\n{\"error\":\"out of memory\"}\n{\"response\":\"b\",\"done\":true}\n", SERVER_REFUSED, "a", "", "out of memory"},
	{O, "{\"error\":{\"message\":\"an \\u001b[31mobject\"}}\n", SERVER_REFUSED, "", "", "an \\x1b[31mobject"},
	{O, "{\"error\":null,\"response\":\"a\",\"done\":true}\n", SERVER_STOPPED, "a", "", ""},
	{O, "{\"response\":\"a\"}\n", SERVER_CUT, "a", "", "before the answer does"},
	{O, "{\"response\":\"a\"}\n{\"response\":\"b", SERVER_CUT, "a", "", "middle of a line"},
	{O, "", SERVER_CUT, "", "", "before the answer does"},
	{O, "{\"response\":\"a\"}\n{\"response\":\"b\"]\n{\"response\":\"c\",\"done\":true}\n", SERVER_MALFORMED, "a", "", "an object without its end: "},
	{O, "{\"response\":\"a\"}\n[1]\n", SERVER_MALFORMED, "a", "", "no JSON object"},
	{O, "<html>\x01\n", SERVER_MALFORMED, "", "", "<html>\\x01"},
	{O, "{\"response\":\"a\",\"response\":\"b\"}\n", SERVER_MALFORMED, "", "", "twice"},
	{O, "{\"response\":\"\xff\"}\n", SERVER_MALFORMED, "", "", "not UTF-8"},
	{O, "{\"response\":7,\"done\":\"true\"}\n{\"message\":\"x\",\"done\":true,\"done_reason\":3,\"eval_count\":-4,\"load_duration\":1.5}\n", SERVER_STOPPED, "", "", ""},
	{A, SAYS("a") SAYS("b") STOPS "data: [DONE]\n\n", SERVER_STOPPED, "ab", "", ""},
	{A, SAYS("a") STOPS "data: [DONE]", SERVER_STOPPED, "a", "", ""},
	{A, SAYS("a") STOPS, SERVER_STOPPED, "a", "", ""},
	{A, SAYS("a") "data: [DONE]\n\n", SERVER_STOPPED, "a", "", ""},
	{A, SAYS("a") "data: [DONE]\n\n" SAYS("b"), SERVER_STOPPED, "a", "", ""},
	{A, "\xef\xbb\xbf: c\n:\nretry: 5\ndata\n\n\n\n" SAYS("a") STOPS, SERVER_STOPPED, "a", "", ""},
	{A, "data:{\"choices\":[{\ndata:\"text\":\"a\",\ndata: \"finish_reason\":\"length\"}]}\n\n", SERVER_LENGTH, "a", "", ""},
	{A, "data:{\"choices\":[{\"delta\":{\"reasoning\":\"r\",\"reasoning_content\":\"r\"}}]}\r\rdata:{\"choices\":[{\"delta\":{\"reasoning\":\"s\"}}]}\r\n\r\n" STOPS, SERVER_STOPPED, "", "rs", ""},
	{A, SAYS("a") "data: {\"error\":{\"message\":\"no room\",\"code\":500}}\n\n" SAYS("b") STOPS, SERVER_REFUSED, "a", "", "no room"},
	{A, SAYS("a") "error: {\"message\":\"old\"}\n\n", SERVER_REFUSED, "a", "", "old"},
	{A, SAYS("a") "error: x\n\n", SERVER_MALFORMED, "a", "", "error"},
	{A, "data: {\"object\":\"error\",\"message\":\"older\"}\n\n", SERVER_REFUSED, "", "", "older"},
	{A, "data: {\"error\":{\"message\":\"gone\",\"code\":\"model_not_found\"}}\n\n", SERVER_GONE, "", "", "gone"},
	{A, "data: {\"error\":[]}\n\n", SERVER_REFUSED, "", "", "an error, not which"},
	{A, SAYS("a"), SERVER_CUT, "a", "", "before the answer does"},
	{A, SAYS("a") "data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n", SERVER_CUT, "ab", "", "before the answer does"},
	{A, SAYS("a") "data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}", SERVER_CUT, "a", "", "middle of a line"},
	{A, SAYS("a") "data: {\"choices\":[{\"del\n\n" STOPS, SERVER_MALFORMED, "a", "", "a string without its end"},
	{A, "data: {\"choices\":[7]}\n\n", SERVER_MALFORMED, "", "", "a choice that is no object"},
	{A, "data: {\"choices\":{},\"usage\":[],\"timings\":3}\n\n" STOPS, SERVER_STOPPED, "", "", ""},
};

static void the_same_split_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct slice input = slice_of_string(rows[i].input);
		for (size_t at = 0; at <= input.size; at++) {
			struct server_reply r;
			fed(rows[i].kind, input, at, &r);
			if (r.end != rows[i].end)
				print_error("row %zu, split at %zu: %s: %s\n", i, at, server_end_name(r.end), r.detail);
			assert_int_equal(r.end, rows[i].end);
			assert_string_equal(text_string(&r.text), rows[i].text);
			assert_string_equal(text_string(&r.thought), rows[i].thought);
			assert_contains(r.detail, rows[i].detail);
			assert_int_equal(r.first_ns != 0, r.text.size + r.thought.size > 0);
			server_reply_free(&r);
		}
	}
}

static void numbers_of_the_server(void **state)
{
	(void)state;
	static const struct {
		const char *ms;
		int64_t ns;
	} times[] = {
		{"0", 0}, {"1", 1000000}, {"1.5", 1500000}, {"0.000001", 1}, {"1e-6", 1}, {"2.5E+3", 2500000000}, {"1e-40", 0},
		{"-1", -1}, {"-1e3", -1}, {"1e400", -1}, {"8640000001", -1}, {"\"1\"", -1}, {"null", -1}, {"1e99999999999", -1},
	};
	for (size_t i = 0; i < LENGTH(times); i++) {
		char line[300];
		struct server_reply r;
		snprintf(line, sizeof line, "data: {\"timings\":{\"predicted_ms\":%s}}\n\n" STOPS, times[i].ms);
		fed(SERVER_OPENAI, slice_of_string(line), 0, &r);
		assert_int_equal(r.end, SERVER_STOPPED);
		assert_true(r.generation_ns == times[i].ns);
		server_reply_free(&r);
	}
}

/* The same piece for ever; returns how many were taken. */
static size_t feed_for_ever(struct server_stream *s, struct slice piece)
{
	size_t count = 1;
	while (server_stream_feed(s, piece, 1) && count < 200u << 20)
		count++;
	return count;
}

static void no_stream_goes_on_for_ever(void **state)
{
	(void)state;
	struct server_stream s;
	struct server_reply r;
	server_stream_begin(&s, SERVER_OLLAMA, &r);
	s.tokens_max = 10;
	assert_int_equal(feed_for_ever(&s, SLICE("{\"response\":\"x\"}\n")), 10 + SERVER_SPARE_TOKENS + 1);
	assert_int_equal(r.end, SERVER_LENGTH);
	assert_contains(r.detail, "did not stop at 10 tokens");
	server_stream_free(&s);
	server_reply_free(&r);

	server_stream_begin(&s, SERVER_OLLAMA, &r); /* no limit was asked for: bytes of text */
	assert_int_equal(feed_for_ever(&s, SLICE("{\"response\":\"0123456789abcdef\"}\n")), SERVER_REPLY_MAX / 16);
	assert_int_equal(r.end, SERVER_LENGTH);
	assert_int_equal(r.text.size, SERVER_REPLY_MAX);
	server_stream_free(&s);
	server_reply_free(&r);

	server_stream_begin(&s, SERVER_OPENAI, &r); /* nothing but comments */
	assert_int_equal(feed_for_ever(&s, SLICE(": still here\n")), SERVER_STREAM_MAX / 13 + 1);
	assert_int_equal(r.end, SERVER_LENGTH);
	server_stream_free(&s);
	server_reply_free(&r);

	server_stream_begin(&s, SERVER_OPENAI, &r); /* an event without an end */
	assert_int_equal(feed_for_ever(&s, SLICE("data: 0123456789abcde\n")), SERVER_LINE_MAX / 16 + 1);
	assert_int_equal(r.end, SERVER_MALFORMED);
	server_stream_free(&s);
	server_reply_free(&r);

	server_stream_begin(&s, SERVER_OLLAMA, &r); /* a line without an end */
	assert_int_equal(feed_for_ever(&s, SLICE("0123456789abcdef")), SERVER_LINE_MAX / 16 + 1);
	assert_int_equal(r.end, SERVER_MALFORMED);
	assert_contains(r.detail, "a line is longer than");
	server_stream_free(&s);
	server_reply_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_split_anywhere),
		cmocka_unit_test(numbers_of_the_server),
		cmocka_unit_test(no_stream_goes_on_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
