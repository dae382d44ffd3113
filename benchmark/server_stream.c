/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of JSON, and server-sent events (HTML, section 9.2.6 "Interpreting an event
 * stream"):
 *
 *	: a comment
 *	data: {"choices": …
 *	data: }
 *	                       an empty line ends the event; its data are joined by LF
 *	data: [DONE]
 */
#include "benchmark/server_stream.h"
#include "benchmark/server_json.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_MAX = 60 }; /* of a line that cannot be read */

void server_stream_begin(struct server_stream *s, enum server_kind kind, struct server_reply *reply)
{
	*reply = (struct server_reply){
		.end = SERVER_CUT,
		.text = text_make(SERVER_REPLY_MAX),
		.thought = text_make(SERVER_REPLY_MAX),
		.prompt_tokens = -1,
		.tokens = -1,
		.load_ns = -1,
		.prompt_ns = -1,
		.generation_ns = -1,
	};
	*s = (struct server_stream){
		.kind = kind,
		.reply = reply,
		.lines = http_lines_make(SERVER_LINE_MAX, kind == SERVER_OPENAI),
		.data = text_make(SERVER_LINE_MAX),
	};
}

void server_stream_free(struct server_stream *s)
{
	http_lines_free(&s->lines);
	text_free(&s->data);
	free(s->plain);
	*s = (struct server_stream){0};
}

bool server_stream_fail(struct server_stream *s, enum server_end end, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(s->reply->detail, sizeof s->reply->detail, format, args);
	va_end(args);
	s->reply->end = end;
	s->ended = s->closed = true;
	return false;
}

bool server_stream_error(struct server_stream *s, const struct json_value *error)
{
	char message[200], code[64];
	struct json_member wanted[] = {{"message", {0}}, {"code", {0}}, {"error", {0}}};
	message[0] = code[0] = 0;
	if (error->type == JSON_OBJECT && !json_read_object(error->raw, wanted, LENGTH(wanted), NULL)) {
		server_json_text(&wanted[0].value, message, sizeof message);
		server_json_text(&wanted[1].value, code, sizeof code);
		if (!message[0])
			server_json_text(&wanted[2].value, message, sizeof message);
	} else {
		server_json_text(error, message, sizeof message);
	}
	bool gone = slice_is(slice_of_string(code), "model_not_found");
	return server_stream_fail(s, gone ? SERVER_GONE : SERVER_REFUSED, "the server says: %s",
				  message[0] ? message : "an error, not which");
}

/* A server that does not keep to what was asked must not keep us for ever. */
static void check_limits(struct server_stream *s)
{
	if (s->reply->text.overflow || s->reply->thought.overflow)
		server_stream_fail(s, SERVER_LENGTH, "the reply is longer than %d bytes", SERVER_REPLY_MAX);
	else if (s->tokens_max && s->pieces > (size_t)s->tokens_max + SERVER_SPARE_TOKENS)
		server_stream_fail(s, SERVER_LENGTH, "the server did not stop at %u tokens", s->tokens_max);
}

void server_stream_add(struct server_stream *s, struct text *to, const struct json_value *text)
{
	struct slice plain;
	if (text->type != JSON_STRING || text->raw.size == 0 || s->closed)
		return;
	if (text->raw.size > s->plain_size) {
		s->plain_size = text->raw.size + text->raw.size / 2;
		s->plain = must_realloc(s->plain, s->plain_size, 1);
	}
	if (!json_string(text, s->plain, s->plain_size, &plain) || plain.size == 0)
		return;
	if (s->reply->first_ns == 0)
		s->reply->first_ns = s->at_ns > 0 ? s->at_ns : 1;
	text_add(to, slice_part(plain, 0, to->max - to->size));
	to->overflow = to->overflow || to->size == to->max;
	s->pieces++;
	if (s->heard)
		s->heard(s->heard_context, s->pieces);
	check_limits(s);
}

static bool malformed(struct server_stream *s, struct slice line, const char *wrong)
{
	AUTO_TEXT struct text shown = text_make(4 * SHOWN_MAX + 16);
	text_add_printable(&shown, line, SHOWN_MAX);
	return server_stream_fail(s, SERVER_MALFORMED, "%s: %s", wrong, text_string(&shown));
}

static bool take_json(struct server_stream *s, struct slice json)
{
	const char *wrong = s->kind == SERVER_OLLAMA ? server_ollama_line(s, json) : server_openai_event(s, json);
	return wrong ? malformed(s, json, wrong) : !s->closed;
}

static bool dispatch(struct server_stream *s)
{
	struct slice data = text_slice(&s->data);
	bool more = true;
	if (slice_is(slice_trim(data), "[DONE]")) {
		s->reply->end = s->ended ? s->reply->end : SERVER_STOPPED;
		s->ended = s->closed = true;
		more = false;
	} else if (data.size > 0) {
		more = take_json(s, data);
	}
	text_clear(&s->data);
	s->has_data = false;
	return more;
}

/* Fields but "data" (event, id, retry) change nothing here; llama.cpp once wrote "error". */
static bool event_line(struct server_stream *s, struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice name = cursor_take(&c, slice_find(line, ':')), value;
	if (line.size == 0)
		return s->has_data ? dispatch(s) : true;
	cursor_skip(&c, cursor_left(&c) > 0); /* the colon */
	value = cursor_rest(&c);
	if (slice_starts(value, " "))
		value = slice_part(value, 1, value.size);
	if (slice_is(name, "error")) {
		struct json_value error;
		return json_read(value, &error, NULL) ? malformed(s, line, "an error that is no JSON")
						      : server_stream_error(s, &error);
	}
	if (!slice_is(name, "data"))
		return true;
	if (s->has_data)
		text_add_char(&s->data, '\n');
	s->has_data = true;
	text_add(&s->data, value);
	return s->data.overflow ? server_stream_fail(s, SERVER_MALFORMED, "an event is longer than %d bytes", SERVER_LINE_MAX)
				: true;
}

static bool each_line(void *context, struct slice line)
{
	struct server_stream *s = context;
	if (!s->begun && slice_starts(line, "\xef\xbb\xbf"))
		line = slice_part(line, 3, line.size);
	s->begun = true;
	if (s->kind == SERVER_OPENAI)
		return event_line(s, line);
	return slice_trim(line).size == 0 ? true : take_json(s, line);
}

bool server_stream_feed(struct server_stream *s, struct slice bytes, int64_t at_ns)
{
	if (s->closed)
		return false;
	s->at_ns = at_ns;
	s->bytes += bytes.size;
	if (s->bytes > SERVER_STREAM_MAX)
		return server_stream_fail(s, SERVER_LENGTH, "the server did not stop after %d bytes", SERVER_STREAM_MAX);
	if (http_lines_feed(&s->lines, bytes, each_line, s) == HTTP_LINES_TOO_LONG)
		return server_stream_fail(s, SERVER_MALFORMED, "a line is longer than %d bytes", SERVER_LINE_MAX);
	return !s->closed;
}

void server_stream_end(struct server_stream *s)
{
	struct slice rest = http_lines_rest(&s->lines);
	struct json_value last;
	if (!s->closed && s->kind == SERVER_OLLAMA && !json_read(rest, &last, NULL))
		each_line(s, rest); /* it may lack its LF */
	if (!s->closed && s->kind == SERVER_OPENAI && slice_is(slice_trim(rest), "data: [DONE]"))
		each_line(s, rest);
	if (!s->closed && s->has_data)
		dispatch(s);
	if (!s->ended)
		server_stream_fail(s, SERVER_CUT, rest.size ? "the stream ends in the middle of a line"
							    : "the stream ends before the answer does");
}
