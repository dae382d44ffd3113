/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small documents of a server, and what goes into every request.
 */
#include "benchmark/server_api.h"
#include "benchmark/server_json.h"
#include "core/auto.h"
#include "core/hash.h"

#include <stdio.h>

static bool take(void *context, struct slice bytes, int64_t at_ns)
{
	struct text *document = context;
	(void)at_ns;
	text_add(document, bytes);
	return !document->overflow;
}

static enum status fail_answer(const struct server *s, const char *path, const struct http_answer *a,
			       struct error *err)
{
	struct json_member wanted[] = {{"error", {0}}};
	char said[200] = "";
	if (a->end == HTTP_INTERRUPTED)
		return fail(err, ERR_UNAVAILABLE, "%s: interrupted", s->about.url);
	if (a->end == HTTP_UNWANTED)
		return fail(err, ERR_LIMIT, "%s%s: the answer is longer than %d bytes", s->about.url, path, SERVER_DOCUMENT_MAX);
	if (a->end == HTTP_UNREACHED)
		return fail(err, ERR_UNAVAILABLE, "%s: %s", s->about.url, a->detail);
	if (a->end != HTTP_DONE)
		return fail(err, a->end == HTTP_MALFORMED ? ERR_MALFORMED : ERR_UNAVAILABLE, "%s%s: %s", s->about.url, path,
			    a->detail);
	if (!json_read_object(text_slice(&a->other), wanted, 1, NULL))
		server_json_text(&wanted[0].value, said, sizeof said);
	return fail(err, a->status == 404 ? ERR_NO_INPUT : ERR_UNAVAILABLE, "%s%s: HTTP status %u%s%s", s->about.url, path,
		    a->status, said[0] ? ": " : "", said);
}

enum status server_fetch(struct server *s, const char *path, struct slice body, struct text *ret,
			 struct json_member wanted[], size_t count, struct error *err)
{
	char full[SERVER_PATH_MAX];
	struct http_answer answer;
	size_t at;
	snprintf(full, sizeof full, "%s%s", s->root, path);
	*ret = text_make(SERVER_DOCUMENT_MAX);
	http_ask(s->http, &(struct http_request){.path = full, .body = body, .timeout_ms = s->document_ms,
						 .take = take, .context = ret}, &answer);
	enum status status = answer.end != HTTP_DONE || answer.status < 200 || answer.status > 299
				     ? fail_answer(s, path, &answer, err) : OK;
	http_answer_free(&answer);
	const char *wrong = status ? NULL : json_read_object(text_slice(ret), wanted, count, &at);
	if (wrong)
		status = fail(err, ERR_MALFORMED, "%s%s: byte %zu of the answer: %s", s->about.url, path, at, wrong);
	return status;
}

void server_add_messages(struct json *j, const struct server_ask *ask)
{
	json_begin_array(j, "messages");
	for (size_t i = 0; i < ask->message_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "role", ask->messages[i].role);
		json_add_slice(j, "content", ask->messages[i].text);
		json_end_object(j);
	}
	json_end_array(j);
}

void server_add_stops(struct json *j, const struct server_ask *ask)
{
	if (!ask->stops || !ask->stops[0])
		return;
	json_begin_array(j, "stop");
	for (size_t i = 0; ask->stops[i]; i++)
		json_add_string(j, NULL, ask->stops[i]);
	json_end_array(j);
}

uint64_t server_seed(const struct server_ask *ask)
{
	return ask->seed & INT32_MAX;
}

void server_hash(const struct json_value *text, char ret[static 65])
{
	unsigned char digest[HASH_SIZE];
	struct slice plain;
	AUTO_FREE char *buffer = must_alloc(text->raw.size + 1, 1);
	ret[0] = 0;
	if (!json_string(text, buffer, text->raw.size + 1, &plain) || plain.size == 0)
		return;
	hash_bytes(plain, digest);
	hash_text(digest, ret);
}
