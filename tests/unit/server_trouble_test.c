/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model servers that do what they should not, each with one word of what came of it.
 */
#include "tests/unit/test.h"

#include "tests/unit/fake_trouble.h"

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

/* Of a socket the system's own reason is told, not libcurl's, which names a port. */
static void sockets_that_do_not_answer(void **state)
{
	const struct scratch *f = *state;
	char url[200], wanted[300];
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	snprintf(at.sun_path, sizeof at.sun_path, "%s/dead", f->path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	static const struct {
		const char *name, *why;
		enum status status;
	} rows[] = {{"none", ": No such file or directory", ERR_UNAVAILABLE}, {"dead", ": Connection refused", ERR_UNAVAILABLE},
		    {"", "/: that is no socket", ERR_USAGE}};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err = {0};
		struct server *s = NULL;
		snprintf(url, sizeof url, "unix:%s/%s", f->path, rows[i].name);
		assert_int_equal(server_open(url, &s, &err), rows[i].status);
		snprintf(wanted, sizeof wanted, "unix:%s%s%s", f->path, rows[i].name[0] ? "/" : "", rows[i].name);
		assert_contains(err.text, wanted);
		assert_contains(err.text, rows[i].why);
	}
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections_that_break),
		cmocka_unit_test(bytes_that_are_no_answer),
		cmocka_unit_test(statuses),
		cmocka_unit_test(busy_servers),
		cmocka_unit_test(slow_servers),
		cmocka_unit_test(a_server_that_went_away),
		scratch_test(sockets_that_do_not_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
