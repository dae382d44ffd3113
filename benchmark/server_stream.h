/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_SERVER_STREAM_H
#define BENCHMARK_SERVER_STREAM_H

/*
 * An answer as it streams: bytes in, a struct server_reply out. Ollama writes one JSON
 * object a line, OpenAI's /v1 server-sent events. Knows nothing of connections.
 */

#include "benchmark/http_lines.h"
#include "benchmark/server.h"
#include "core/json.h"

enum {
	SERVER_LINE_MAX = 4 << 20,    /* bytes of one line, and of the data of one event */
	SERVER_STREAM_MAX = 64 << 20, /* bytes of one stream */
	SERVER_SPARE_TOKENS = 64,     /* pieces more than the tokens that were asked for, before we end it */
};

struct server_stream {
	enum server_kind kind;
	struct server_reply *reply; /* not owned */
	unsigned tokens_max;        /* 0: no limit but SERVER_REPLY_MAX */
	void (*heard)(void *context, size_t tokens); /* may be NULL */
	void *heard_context;
	struct http_lines lines; /* owned */
	struct text data;        /* owned: of the event that is not whole yet */
	char *plain;             /* owned: room for text without its escapes */
	size_t plain_size;
	size_t bytes, pieces;
	int64_t at_ns;  /* when what is looked at came */
	bool has_data;  /* of an event */
	bool begun;     /* something has come */
	bool ended;     /* the model came to an end: the reply's `end` says which */
	bool closed;    /* nothing more is looked at */
};

/* `reply` is made ready and gets everything; server_stream_free() frees the rest. */
void server_stream_begin(struct server_stream *s, enum server_kind kind, struct server_reply *reply);
void server_stream_free(struct server_stream *s);

/* What came `at_ns` after the request. False: no more is wanted, the reply's `end` and
 * `detail` say why. */
bool server_stream_feed(struct server_stream *s, struct slice bytes, int64_t at_ns);

/* The connection is at its end; an answer without one of its own is SERVER_CUT. */
void server_stream_end(struct server_stream *s);

/* For the two formats. Text or thought of the model; NULL-safe for what is no string. */
void server_stream_add(struct server_stream *s, struct text *to, const struct json_value *text);

/* Ends it with what is wrong. Returns false. */
bool server_stream_fail(struct server_stream *s, enum server_end end, const char *format, ...) PRINTF_LIKE(3, 4);

/* What {"error": …} says, by either kind of server. */
bool server_stream_error(struct server_stream *s, const struct json_value *error);

/* One object of each; NULL, or what is wrong with it (a constant). */
const char *server_ollama_line(struct server_stream *s, struct slice line);
const char *server_openai_event(struct server_stream *s, struct slice data);

#endif
