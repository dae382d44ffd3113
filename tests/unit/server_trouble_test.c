/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model servers that do what they should not, each with one word of what came of it.
 */
#include "tests/unit/test.h"

#include "benchmark/server.h"
#include "core/clock.h"
#include "tests/unit/fake_server.h"

static struct fake_server fake, elsewhere;
static const struct server_message hello = {"user", {(const unsigned char *)"hello", 5}};

static bool is_ask(const char *request)
{
	return fake_is(request, "POST /api/chat ") || fake_is(request, "POST /v1/chat/completions ");
}

/* So far it is a good server; then `trouble` is asked. */
static bool (*trouble)(struct fake_server *f, int fd);

static bool ollama(struct fake_server *f, int fd, const char *request)
{
	return is_ask(request) ? trouble(f, fd) : fake_answer(fd, "200 OK", "", "{\"version\":\"1\"}");
}

static bool openai(struct fake_server *f, int fd, const char *request)
{
	if (is_ask(request))
		return trouble(f, fd);
	return fake_is(request, "GET /v1/models ") ? fake_answer(fd, "200 OK", "", "{\"data\":[]}")
						  : fake_answer(fd, "404 Not Found", "", "");
}

static struct server *opened(struct fake_server *f)
{
	struct error err = {0};
	struct server *s = NULL;
	if (server_open(f->url, &s, &err))
		print_error("%s\n", err.text);
	assert_non_null(s);
	return s;
}

static struct server_reply asked(struct server *s, unsigned timeout_ms, unsigned silence_ms)
{
	struct error err = {0};
	struct server_reply r;
	struct server_ask ask = {.model = "m", .messages = &hello, .message_count = 1, .timeout_ms = timeout_ms,
				 .silence_ms = silence_ms, .tokens_max = 1000};
	if (server_ask(s, &ask, &r, &err))
		print_error("%s\n", err.text), assert_true(false);
	return r;
}

/* Asks a server of `serve` in trouble `t`, and compares. */
static void expect(bool (*serve)(struct fake_server *f, int fd, const char *request), bool (*t)(struct fake_server *f, int fd),
		   enum server_end end, const char *text, const char *detail)
{
	trouble = t;
	fake_begin(&fake, serve);
	struct server *s = opened(&fake);
	struct server_reply r = asked(s, 3000, 400);
	if (r.end != end || !strstr(r.detail, detail))
		print_error("%s: %s\n", server_end_name(r.end), r.detail);
	assert_int_equal(r.end, end);
	assert_string_equal(text_string(&r.text), text);
	assert_contains(r.detail, detail);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
}

#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

static bool chunk(int fd, const char *text)
{
	return fake_chunk(fd, text, strlen(text));
}

static bool begin(int fd)
{
	return fake_say(fd, CHUNKED) && chunk(fd, "{\"response\":\"a\"}\n");
}

static bool cut_at_once(struct fake_server *f, int fd)
{
	(void)f, (void)fd;
	return false;
}

static bool cut_in_headers(struct fake_server *f, int fd)
{
	(void)f;
	fake_say(fd, "HTTP/1.1 200 OK\r\nTransf");
	return false;
}

static bool cut_in_chunk(struct fake_server *f, int fd)
{
	(void)f;
	begin(fd);
	fake_say(fd, "40\r\n{\"respon");
	return false;
}

static bool cut_in_line(struct fake_server *f, int fd)
{
	(void)f;
	return begin(fd) && chunk(fd, "{\"response\":\"b") && fake_say(fd, "0\r\n\r\n");
}

static bool cut_between(struct fake_server *f, int fd)
{
	(void)f;
	return begin(fd) && fake_say(fd, "0\r\n\r\n");
}

static bool close_is_the_end(struct fake_server *f, int fd)
{
	(void)f;
	fake_say(fd, "HTTP/1.1 200 OK\r\n\r\n{\"response\":\"a\"}\n{\"done\":true}\n");
	return false;
}

static bool fail_midway(struct fake_server *f, int fd)
{
	(void)f;
	return begin(fd) && chunk(fd, "{\"error\":\"out of memory\"}\n") && fake_say(fd, "0\r\n\r\n");
}

static bool break_json(struct fake_server *f, int fd)
{
	(void)f;
	return begin(fd) && chunk(fd, "{\"response\":b}\n{\"done\":true}\n") && fake_say(fd, "0\r\n\r\n");
}

static bool speak_no_http(struct fake_server *f, int fd)
{
	(void)f;
	fake_say(fd, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
	return false;
}

static bool garble_chunks(struct fake_server *f, int fd)
{
	(void)f;
	begin(fd);
	fake_say(fd, "zz\r\nxx\r\n");
	return false;
}

static void connections_that_break(void **state)
{
	(void)state;
	expect(ollama, cut_at_once, SERVER_CUT, "", "");
	expect(ollama, cut_in_headers, SERVER_CUT, "", "");
	expect(ollama, cut_in_chunk, SERVER_CUT, "a", "");
	expect(ollama, cut_in_line, SERVER_CUT, "a", "middle of a line");
	expect(ollama, cut_between, SERVER_CUT, "a", "before the answer does");
	expect(ollama, close_is_the_end, SERVER_STOPPED, "a", "");
	expect(openai, cut_at_once, SERVER_CUT, "", "");
	expect(openai, cut_in_chunk, SERVER_CUT, "", "");
}

static void bytes_that_are_no_answer(void **state)
{
	(void)state;
	expect(ollama, fail_midway, SERVER_REFUSED, "a", "out of memory");
	expect(ollama, break_json, SERVER_MALFORMED, "a", "no JSON value");
	expect(openai, break_json, SERVER_CUT, "", ""); /* no event at all */
	expect(ollama, speak_no_http, SERVER_MALFORMED, "", "");
	expect(ollama, garble_chunks, SERVER_CUT, "a", "");
}

static bool refuse(struct fake_server *f, int fd)
{
	return fake_answer(fd, f->script, "", "{\"error\":{\"message\":\"why\\nnot\"}}");
}

static bool refuse_plainly(struct fake_server *f, int fd)
{
	return fake_answer(fd, f->script, "", "<html>no</html>");
}

static void statuses(void **state)
{
	(void)state;
	fake.script = "500 Internal Server Error";
	expect(ollama, refuse, SERVER_REFUSED, "", "why\\x0anot");
	assert_int_equal(fake.requests, 2 + 1); /* that is no reason to ask again */
	expect(openai, refuse_plainly, SERVER_REFUSED, "", "HTTP status 500");
	fake.script = "404 Not Found";
	expect(ollama, refuse, SERVER_GONE, "", "why");
	expect(openai, refuse_plainly, SERVER_GONE, "", "HTTP status 404");
	fake.script = "400 Bad Request";
	expect(openai, refuse, SERVER_REFUSED, "", "why");
	fake.script = "204 No Content";
	expect(openai, refuse_plainly, SERVER_CUT, "", "");
}

static bool be_busy_once(struct fake_server *f, int fd)
{
	if (f->at++ == 0)
		return fake_answer(fd, f->script, "Retry-After: 1\r\n", "{\"error\":\"busy\"}");
	return fake_answer(fd, "200 OK", "", "{\"response\":\"a\",\"done\":true}\n");
}

static bool be_busy(struct fake_server *f, int fd)
{
	return fake_answer(fd, "429 Too Many Requests", f->script, "{\"error\":\"busy\"}");
}

static void busy_servers(void **state)
{
	(void)state;
	static const char *const statuses_of_busy[] = {"429 Too Many Requests", "503 Service Unavailable"};
	for (size_t i = 0; i < LENGTH(statuses_of_busy); i++) {
		trouble = be_busy_once;
		fake.script = statuses_of_busy[i];
		fake_begin(&fake, ollama);
		struct server *s = opened(&fake);
		int64_t begun = clock_mono();
		struct server_reply r = asked(s, 10000, 0);
		assert_int_equal(r.end, SERVER_STOPPED);
		assert_int_equal(r.tries, 2);
		assert_string_equal(text_string(&r.text), "a");
		assert_true(clock_mono() - begun >= CLOCK_SECOND);
		assert_true(r.first_ns < CLOCK_SECOND && r.total_ns < CLOCK_SECOND); /* of the try that was answered */
		server_reply_free(&r);
		server_close(s);
		fake_end(&fake);
	}
	fake.script = "Retry-After: 0\r\n";
	expect(ollama, be_busy, SERVER_BUSY, "", "busy");
	assert_int_equal(fake.requests, 2 + 3);
	fake.script = "retry-after:31\r\n"; /* longer than we wait */
	expect(ollama, be_busy, SERVER_BUSY, "", "busy");
	assert_int_equal(fake.requests, 2 + 1);
	fake.script = "Retry-After: 5\r\n"; /* longer than there is time */
	expect(ollama, be_busy, SERVER_BUSY, "", "busy");
	assert_int_equal(fake.requests, 2 + 1);
}

static bool be_silent(struct fake_server *f, int fd)
{
	return fake_wait(f, fd) && false;
}

static bool fall_silent(struct fake_server *f, int fd)
{
	return begin(fd) && be_silent(f, fd);
}

static bool be_slow(struct fake_server *f, int fd)
{
	bool good = fake_say(fd, CHUNKED);
	for (int i = 0; good && i < 6; i++) {
		good = chunk(fd, "{\"response\":\"a\"}\n");
		poll(NULL, 0, 200);
	}
	(void)f;
	return good && chunk(fd, "{\"done\":true}\n") && fake_say(fd, "0\r\n\r\n");
}

static void slow_servers(void **state)
{
	(void)state;
	int64_t begun = clock_mono();
	expect(ollama, be_silent, SERVER_SLOW, "", "nothing heard for 400 ms");
	expect(ollama, fall_silent, SERVER_SLOW, "a", "nothing heard for 400 ms");
	assert_true(clock_mono() - begun < 3 * CLOCK_SECOND);
	expect(ollama, be_slow, SERVER_STOPPED, "aaaaaa", ""); /* slow, but never for so long */
	trouble = be_slow;
	fake_begin(&fake, ollama);
	struct server *s = opened(&fake);
	struct server_reply r = asked(s, 700, 0);
	assert_int_equal(r.end, SERVER_SLOW);
	assert_contains(r.detail, "not done after 700 ms");
	assert_true(r.text.size >= 2 && r.text.size <= 4);
	assert_true(r.total_ns >= 700 * CLOCK_MILLISECOND && r.total_ns < 2 * CLOCK_SECOND);
	server_reply_free(&r);
	r = asked(s, 5000, 0); /* the connection of the one before is not used any more */
	assert_int_equal(r.end, SERVER_STOPPED);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
}

static bool point_elsewhere(struct fake_server *f, int fd)
{
	(void)f;
	char headers[200];
	snprintf(headers, sizeof headers, "Location: %s/x\r\nAlt-Svc: h3=\":443\"\r\nSet-Cookie: a=b\r\n", elsewhere.url);
	return fake_answer(fd, "307 Temporary Redirect", headers, "");
}

static bool answer_all(struct fake_server *f, int fd, const char *request)
{
	(void)f, (void)request;
	return fake_answer(fd, "200 OK", "", "{\"version\":\"1\",\"response\":\"stolen\",\"done\":true}");
}

static void nobody_is_led_elsewhere(void **state)
{
	(void)state;
	static const char *const proxies[] = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};
	fake_begin(&elsewhere, answer_all);
	for (size_t i = 0; i < LENGTH(proxies); i++)
		setenv(proxies[i], elsewhere.url, 1);
	setenv("no_proxy", "", 1);
	expect(ollama, point_elsewhere, SERVER_REFUSED, "", "HTTP status 307");
	trouble = be_busy_once;
	fake.script = "503 Service Unavailable";
	fake_begin(&fake, ollama);
	struct server *s = opened(&fake);
	struct server_reply r = asked(s, 5000, 0);
	assert_int_equal(r.end, SERVER_STOPPED);
	assert_null(strstr(fake.last, "Cookie"));
	assert_null(strstr(fake.last, "Proxy"));
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
	for (size_t i = 0; i < LENGTH(proxies); i++)
		unsetenv(proxies[i]);
	unsetenv("no_proxy");
	assert_int_equal(elsewhere.requests, 0);
	fake_end(&elsewhere);
}

static bool say_much(struct fake_server *f, int fd)
{
	static char piece[1 << 20];
	memset(piece, 'x', sizeof piece);
	fake_say(fd, "HTTP/1.1 200 OK\r\n\r\n");
	for (f->at = 0; f->at < 100 && fake_send(fd, piece, sizeof piece); f->at++)
		continue;
	return false;
}

static bool never_stop(struct fake_server *f, int fd)
{
	bool good = fake_say(fd, CHUNKED);
	for (f->at = 0; good && f->at < 1 << 20; f->at++)
		good = chunk(fd, "{\"response\":\"x\"}\n");
	return false;
}

static bool never_stop_headers(struct fake_server *f, int fd)
{
	bool good = fake_say(fd, "HTTP/1.1 200 OK\r\n");
	for (f->at = 0; good && f->at < 1 << 20; f->at++)
		good = fake_say(fd, "X-Again: and again\r\n");
	return false;
}

static bool one_long_header(struct fake_server *f, int fd)
{
	bool good = fake_say(fd, "HTTP/1.1 200 OK\r\nX: ");
	for (f->at = 0; good && f->at < 1 << 20; f->at++)
		good = fake_say(fd, "and again and again ");
	return false;
}

static bool refuse_at_length(struct fake_server *f, int fd)
{
	bool good = fake_say(fd, "HTTP/1.1 500 No\r\n\r\n");
	for (f->at = 0; good && f->at < 1 << 20; f->at++)
		good = fake_say(fd, "and again and again ");
	return false;
}

static void servers_that_do_not_stop(void **state)
{
	(void)state;
	expect(ollama, say_much, SERVER_MALFORMED, "", "a line is longer than");
	assert_true(fake.at < 20); /* megabytes: it was not read to its end */
	expect(openai, say_much, SERVER_MALFORMED, "", "a line is longer than");
	trouble = never_stop;
	fake_begin(&fake, ollama);
	struct server *s = opened(&fake);
	struct server_reply r = asked(s, 20000, 0);
	assert_int_equal(r.end, SERVER_LENGTH);
	assert_contains(r.detail, "did not stop at 1000 tokens");
	assert_int_equal(r.text.size, 1065);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
	expect(ollama, never_stop_headers, SERVER_MALFORMED, "", "headers are longer than");
	expect(ollama, one_long_header, SERVER_MALFORMED, "", "");
	expect(ollama, refuse_at_length, SERVER_REFUSED, "", "HTTP status 500");
	assert_true(fake.at < 1 << 20);
}

static void *interrupt_soon(void *context)
{
	poll(NULL, 0, 100);
	server_interrupt(context);
	return NULL;
}

static void an_interruption_ends_it_soon(void **state)
{
	(void)state;
	static bool (*const troubles[])(struct fake_server *f, int fd) = {be_silent, fall_silent, be_busy};
	fake.script = "Retry-After: 9\r\n";
	for (size_t i = 0; i < LENGTH(troubles); i++) {
		struct error err = {0};
		struct server_reply r;
		struct server_ask ask = {.model = "m", .messages = &hello, .message_count = 1, .timeout_ms = 30000};
		pthread_t thread;
		trouble = troubles[i];
		fake_begin(&fake, ollama);
		struct server *s = opened(&fake);
		int64_t begun = clock_mono();
		assert_int_equal(pthread_create(&thread, NULL, interrupt_soon, s), 0);
		assert_int_equal(server_ask(s, &ask, &r, &err), ERR_UNAVAILABLE);
		assert_contains(err.text, "interrupted");
		server_reply_free(&r);
		assert_int_equal(server_ask(s, &ask, &r, &err), ERR_UNAVAILABLE); /* and so is what comes after */
		server_reply_free(&r);
		assert_true(clock_mono() - begun < 2 * CLOCK_SECOND);
		pthread_join(thread, NULL);
		server_close(s);
		fake_end(&fake);
	}
}

static void a_server_that_went_away(void **state)
{
	(void)state;
	trouble = be_busy_once;
	fake_begin(&fake, ollama);
	struct server *s = opened(&fake);
	fake_end(&fake);
	struct server_reply r = asked(s, 3000, 0);
	assert_int_equal(r.end, SERVER_CUT);
	assert_int_equal(r.status, 0);
	assert_true(r.detail[0]);
	server_reply_free(&r);
	server_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections_that_break), cmocka_unit_test(bytes_that_are_no_answer),
		cmocka_unit_test(statuses),		  cmocka_unit_test(busy_servers),
		cmocka_unit_test(slow_servers),		  cmocka_unit_test(nobody_is_led_elsewhere),
		cmocka_unit_test(servers_that_do_not_stop), cmocka_unit_test(an_interruption_ends_it_soon),
		cmocka_unit_test(a_server_that_went_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
