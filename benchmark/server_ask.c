/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One question: sent, streamed, and sent again where the server is only busy.
 */
#include "benchmark/server_api.h"
#include "benchmark/server_json.h"
#include "benchmark/server_stream.h"
#include "core/clock.h"

#include <stdio.h>

enum {
	REQUEST_MAX = 16 << 20,
	TRIES_MAX = 3,
	WAIT_MAX_S = 30, /* between all tries together */
};

static bool take(void *context, struct slice bytes, int64_t at_ns)
{
	return server_stream_feed(context, bytes, at_ns);
}

/* {"error": …} of an answer that is no stream; else the status alone tells. */
static void read_refusal(struct server_stream *s, const struct http_answer *a)
{
	struct json_member wanted[] = {{"error", {0}}};
	struct server_reply *r = s->reply;
	struct slice body = text_slice(&a->other);
	if (a->status >= 300 && a->status < 400)
		server_stream_fail(s, SERVER_REFUSED, "HTTP status %u: it points elsewhere, where nobody goes", a->status);
	else if (json_read_object(body, wanted, 1, NULL) || wanted[0].value.type == JSON_ABSENT)
		server_stream_fail(s, SERVER_REFUSED, "HTTP status %u", a->status);
	else
		server_stream_error(s, &wanted[0].value);
	if (a->status == 404)
		r->end = SERVER_GONE;
	else if (a->status == 429 || a->status == 503)
		r->end = SERVER_BUSY;
}

static void read_end(struct server_stream *s, const struct http_answer *a)
{
	bool good = a->status >= 200 && a->status < 300;
	if (s->closed)
		return; /* the stream has said it all */
	if (a->end == HTTP_DONE && good)
		server_stream_end(s);
	else if (a->end == HTTP_DONE)
		read_refusal(s, a);
	else if (!s->ended)
		server_stream_fail(s, a->end == HTTP_SLOW	 ? SERVER_SLOW
				      : a->end == HTTP_MALFORMED ? SERVER_MALFORMED
								 : SERVER_CUT, "%s", a->detail);
}

/* One try. Returns how long to wait before the next; -1: there is none. */
static int64_t try_once(struct server *s, const struct server_ask *ask, const struct http_request *request,
			struct server_reply *ret, bool *ret_interrupted)
{
	struct server_stream stream;
	struct http_answer answer;
	struct http_request r = *request;
	unsigned tries = ret->tries;
	server_reply_free(ret);
	server_stream_begin(&stream, s->about.kind, ret);
	stream.tokens_max = ask->tokens_max;
	stream.heard = ask->heard;
	stream.heard_context = ask->heard_context;
	r.take = take;
	r.context = &stream;
	http_ask(s->http, &r, &answer);
	read_end(&stream, &answer);
	ret->tries = tries + 1;
	ret->status = answer.status;
	ret->total_ns = answer.total_ns;
	*ret_interrupted = answer.end == HTTP_INTERRUPTED;
	int64_t wait = answer.retry_ns >= 0 ? answer.retry_ns : (int64_t)ret->tries * CLOCK_SECOND;
	server_stream_free(&stream);
	http_answer_free(&answer);
	return ret->end == SERVER_BUSY && ret->tries < TRIES_MAX ? wait : -1;
}

static void doubt(int64_t *count)
{
	if (*count > SERVER_TOKENS_MAX)
		*count = -1;
}

enum status server_ask(struct server *s, const struct server_ask *ask, struct server_reply *ret, struct error *err)
{
	AUTO_TEXT struct text body = text_make(REQUEST_MAX);
	char path[SERVER_PATH_MAX];
	int64_t waited = 0, wait, until;
	*ret = (struct server_reply){0};
	enum status status = server_is_here(s, ask->model, err);
	if (status)
		return status;
	bool interrupted = http_interrupted(s->http);
	until = clock_mono() + ask->timeout_ms * CLOCK_MILLISECOND;
	snprintf(path, sizeof path, "%s%s", s->root, s->api->request(s, ask, &body));
	if (body.overflow)
		return fail(err, ERR_LIMIT, "what is asked is longer than %d bytes", REQUEST_MAX);
	struct http_request request = {.path = path, .body = text_slice(&body), .timeout_ms = ask->timeout_ms,
				       .silence_ms = ask->silence_ms};
	while (!interrupted && (wait = try_once(s, ask, &request, ret, &interrupted)) >= 0 && !interrupted) {
		int64_t left = (until - clock_mono() - wait) / CLOCK_MILLISECOND;
		waited += wait;
		if (waited > WAIT_MAX_S * CLOCK_SECOND || left <= 0)
			break; /* it stays busy for longer than we wait */
		interrupted = !http_wait(s->http, wait);
		request.timeout_ms = (unsigned)left;
	}
	doubt(&ret->prompt_tokens);
	doubt(&ret->tokens);
	return interrupted ? fail(err, ERR_UNAVAILABLE, "%s: interrupted", s->about.url) : OK;
}
