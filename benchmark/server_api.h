/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_SERVER_API_H
#define BENCHMARK_SERVER_API_H

/*
 * What differs between the kinds of servers, and what they share. The streams are in
 * server_stream.h.
 */

#include "benchmark/http.h"
#include "benchmark/server.h"
#include "core/json.h"

enum {
	SERVER_DOCUMENT_MAX = 16 << 20, /* bytes of one answer that does not stream */
	SERVER_DOCUMENT_MS = 30000,
	SERVER_USUAL_MS = 5000, /* until we know that it is one at all */
	SERVER_PATH_MAX = 2 * HTTP_URL_MAX,
};

struct server {
	struct http *http; /* owned */
	char root[HTTP_URL_MAX]; /* stands before every path; mostly "" */
	struct server_about about;
	const struct server_api *api;
	unsigned document_ms; /* for one answer that does not stream */
	char here[SERVER_NAME_MAX]; /* a model that was found to be on this machine */
};

struct server_api {
	enum server_kind kind;
	/* Asks whether the server is of this kind, and fills in its name and version. */
	enum status (*identify)(struct server *s, struct error *err);
	enum status (*models)(struct server *s, struct server_model *list, size_t *count, struct error *err);
	enum status (*show)(struct server *s, struct server_model *model, struct error *err);
	enum status (*loaded)(struct server *s, const char *model, struct server_loaded *ret, struct error *err);
	/* Writes the request into `ret`, and returns the path that it goes to. */
	const char *(*request)(const struct server *s, const struct server_ask *ask, struct text *ret);
};

extern const struct server_api server_ollama, server_openai;

/* Ollama passes what it is asked on to its cloud where a model is one of the cloud's: such
 * a model is ERR_USAGE here, and never asked. */
enum status server_is_here(struct server *s, const char *model, struct error *err) MUST_CHECK;

/* One element of a list of models; false for what is none that could be asked. */
bool server_ollama_model(const struct json_value *element, struct server_model *m);
bool server_openai_model(const struct json_value *element, struct server_model *m, uint64_t *ret_loaded_context);

/* One JSON object from the server; a body is posted. `ret` gets the text, in which what
 * is wanted then points. ERR_NO_INPUT is its 404. */
enum status server_fetch(struct server *s, const char *path, struct slice body, struct text *ret,
			 struct json_member wanted[], size_t count, struct error *err) MUST_CHECK;

/* The messages, and what both kinds call by the same name. */
void server_add_messages(struct json *j, const struct server_ask *ask);
void server_add_stops(struct json *j, const struct server_ask *ask);
uint64_t server_seed(const struct server_ask *ask); /* servers take 31 bits */

/* SHA-256 of a string value's plain text; "" where it is none or is empty. */
void server_hash(const struct json_value *text, char ret[static 65]);

#endif
