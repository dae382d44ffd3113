/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The events of /v1/chat/completions and /v1/completions:
 *
 *	{"choices":[{"index":0,"delta":{"content":"Yes"},"finish_reason":null}]}
 *	{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
 *	{"choices":[],"usage":{"prompt_tokens":26,"completion_tokens":298}}
 *
 * with "text" in the place of "delta" where a prompt is continued. What was thought comes
 * as "reasoning_content" (llama.cpp, LM Studio, older vLLM) or "reasoning" (vLLM). llama.cpp
 * adds "timings" in milliseconds. An error is {"error":{"message":…}}, and of older vLLM
 * {"object":"error","message":…}.
 */
#include "benchmark/server_json.h"
#include "benchmark/server_stream.h"

static void read_usage(struct server_reply *r, const struct json_value *usage)
{
	struct json_member wanted[] = {{"prompt_tokens", {0}}, {"completion_tokens", {0}}};
	if (usage->type != JSON_OBJECT || json_read_object(usage->raw, wanted, LENGTH(wanted), NULL))
		return;
	r->prompt_tokens = server_json_i64(&wanted[0].value, r->prompt_tokens);
	r->tokens = server_json_i64(&wanted[1].value, r->tokens);
}

/* Of llama.cpp; what it had read before, it counts apart. */
static void read_timings(struct server_reply *r, const struct json_value *timings)
{
	struct json_member wanted[] = {{"prompt_n", {0}}, {"cache_n", {0}}, {"predicted_n", {0}},
				       {"prompt_ms", {0}}, {"predicted_ms", {0}}};
	if (timings->type != JSON_OBJECT || json_read_object(timings->raw, wanted, LENGTH(wanted), NULL))
		return;
	int64_t prompt = server_json_i64(&wanted[0].value, -1);
	if (r->prompt_tokens < 0 && prompt >= 0)
		r->prompt_tokens = prompt + server_json_i64(&wanted[1].value, 0);
	if (r->tokens < 0)
		r->tokens = server_json_i64(&wanted[2].value, -1);
	r->prompt_ns = server_json_ms(&wanted[3].value);
	r->generation_ns = server_json_ms(&wanted[4].value);
}

static const char *read_choice(struct server_stream *s, const struct json_value *choice)
{
	struct json_member wanted[] = {{"delta", {0}}, {"text", {0}}, {"finish_reason", {0}}};
	struct json_member delta[] = {{"content", {0}}, {"reasoning_content", {0}}, {"reasoning", {0}}};
	const char *wrong = choice->type == JSON_OBJECT ? json_read_object(choice->raw, wanted, LENGTH(wanted), NULL)
							: "a choice that is no object";
	if (!wrong && wanted[0].value.type == JSON_OBJECT)
		wrong = json_read_object(wanted[0].value.raw, delta, LENGTH(delta), NULL);
	if (wrong)
		return wrong;
	/* some send the same thought under both names */
	server_stream_add(s, &s->reply->thought, &delta[delta[1].value.type == JSON_STRING ? 1 : 2].value);
	server_stream_add(s, &s->reply->text, &delta[0].value);
	server_stream_add(s, &s->reply->text, &wanted[1].value);
	if (wanted[2].value.type == JSON_STRING && !s->closed) {
		s->reply->end = slice_is(wanted[2].value.raw, "length") ? SERVER_LENGTH : SERVER_STOPPED;
		s->ended = true;
	}
	return NULL;
}

const char *server_openai_event(struct server_stream *s, struct slice data)
{
	struct json_member wanted[] = {{"choices", {0}}, {"usage", {0}}, {"timings", {0}}, {"error", {0}}, {"object", {0}}};
	const char *wrong = json_read_object(data, wanted, LENGTH(wanted), NULL);
	const struct json_value *error = &wanted[3].value;
	struct json_value first;
	if (wrong)
		return wrong;
	if (wanted[4].value.type == JSON_STRING && slice_is(wanted[4].value.raw, "error")) {
		server_stream_error(s, &(struct json_value){JSON_OBJECT, data});
		return NULL;
	}
	if (error->type != JSON_ABSENT && error->type != JSON_NULL) {
		server_stream_error(s, error);
		return NULL;
	}
	struct cursor choices = json_array(&wanted[0].value);
	if (json_next(&choices, &first) && (wrong = read_choice(s, &first)))
		return wrong;
	read_usage(s->reply, &wanted[1].value);
	read_timings(s->reply, &wanted[2].value);
	return NULL;
}
