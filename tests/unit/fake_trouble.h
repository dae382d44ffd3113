/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FAKE_TROUBLE_H
#define TESTS_UNIT_FAKE_TROUBLE_H

/*
 * A model server that is a good one until it is asked something.
 */

#include "benchmark/server.h"
#include "core/clock.h"
#include "tests/unit/fake_server.h"

static struct fake_server fake;
static const struct server_message hello = {"user", {(const unsigned char *)"hello", 5}};

static inline bool is_ask(const char *request)
{
	return fake_is(request, "POST /api/chat ") || fake_is(request, "POST /v1/chat/completions ");
}

/* So far it is a good server; then `trouble` is asked. */
static bool (*trouble)(struct fake_server *f, int fd);

static inline bool ollama(struct fake_server *f, int fd, const char *request)
{
	return is_ask(request) ? trouble(f, fd) : fake_answer(fd, "200 OK", "", "{\"version\":\"1\"}");
}

static inline bool openai(struct fake_server *f, int fd, const char *request)
{
	if (is_ask(request))
		return trouble(f, fd);
	return fake_is(request, "GET /v1/models ") ? fake_answer(fd, "200 OK", "", "{\"data\":[]}")
						  : fake_answer(fd, "404 Not Found", "", "");
}

static inline struct server *opened(struct fake_server *f)
{
	struct error err = {0};
	struct server *s = NULL;
	if (server_open(f->url, &s, &err))
		print_error("%s\n", err.text);
	assert_non_null(s);
	return s;
}

static inline struct server_reply asked(struct server *s, unsigned timeout_ms, unsigned silence_ms)
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
static inline void expect(bool (*serve)(struct fake_server *f, int fd, const char *request),
			  bool (*t)(struct fake_server *f, int fd), enum server_end end, const char *text,
			  const char *detail)
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

static inline bool chunk(int fd, const char *text)
{
	return fake_chunk(fd, text, strlen(text));
}

static inline bool begin(int fd)
{
	return fake_say(fd, CHUNKED) && chunk(fd, "{\"response\":\"a\"}\n");
}

static inline bool be_busy_once(struct fake_server *f, int fd)
{
	if (f->at++ == 0)
		return fake_answer(fd, f->script, "Retry-After: 1\r\n", "{\"error\":\"busy\"}");
	return fake_answer(fd, "200 OK", "", "{\"response\":\"a\",\"done\":true}\n");
}

static inline bool be_busy(struct fake_server *f, int fd)
{
	return fake_answer(fd, "429 Too Many Requests", f->script, "{\"error\":\"busy\"}");
}

static inline bool be_silent(struct fake_server *f, int fd)
{
	return fake_wait(f, fd) && false;
}

static inline bool fall_silent(struct fake_server *f, int fd)
{
	return begin(fd) && be_silent(f, fd);
}

#endif
