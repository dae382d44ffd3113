/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model servers that would lead elsewhere or never stop, and whoever has had enough.
 */
#include "tests/unit/test.h"

#include "tests/unit/fake_trouble.h"

static struct fake_server elsewhere;

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_led_elsewhere),
		cmocka_unit_test(servers_that_do_not_stop),
		cmocka_unit_test(an_interruption_ends_it_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
