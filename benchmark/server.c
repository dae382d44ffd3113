/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/server.h"

#include "benchmark/server_api.h"
#include "benchmark/server_json.h"
#include "core/auto.h"

/* Where servers listen unless told otherwise. */
static const char *const usual[] = {
	"http://127.0.0.1:11434", /* Ollama */
	"http://127.0.0.1:1234",  /* LM Studio */
	"http://127.0.0.1:8080",  /* llama.cpp */
	"http://127.0.0.1:8000",  /* vLLM */
};

/* The path of a URL that ends with /v1 belongs to OpenAI's API, and what stands before
 * it to the server. */
static bool take_root(struct server *s, const struct http_place *place)
{
	struct slice path = slice_of_string(place->path);
	bool v1 = slice_ends(path, "/v1");
	slice_to_string(slice_part(path, 0, path.size - (v1 ? 3 : 0)), s->root, sizeof s->root);
	return v1;
}

static enum status open_at(const struct http_place *place, unsigned wait_ms, struct server **ret, struct error *err)
{
	struct server *s = must_alloc(1, sizeof *s);
	*s = (struct server){.document_ms = wait_ms};
	http_place_text(place, s->about.url);
	bool v1 = take_root(s, place);
	enum status status = http_open(place, &s->http, err);
	if (!status) {
		s->api = v1 ? &server_openai : &server_ollama;
		status = s->api->identify(s, err);
		if (status && !v1 && status != ERR_LIMIT) {
			s->api = &server_openai;
			status = s->api->identify(s, err);
		}
	}
	if (status) {
		server_close(s);
		return status;
	}
	s->about.kind = s->api->kind;
	s->document_ms = SERVER_DOCUMENT_MS;
	*ret = s;
	return OK;
}

/* "localhost" is 127.0.0.1, and ::1 where nobody answers there. */
static enum status open_url(const char *url, unsigned wait_ms, struct server **ret, struct error *err)
{
	struct http_place place;
	struct error first = {0};
	enum status status = http_place_parse(url, &place, err);
	if (status || !(status = open_at(&place, wait_ms, ret, &first)))
		return status;
	if (place.by_name && address_parse(SLICE("::1"), &place.address) && !open_at(&place, wait_ms, ret, NULL))
		return OK;
	return fail(err, status, "no model server answers: %s", first.text);
}

enum status server_open(const char *url, struct server **ret, struct error *err)
{
	if (url)
		return open_url(url, SERVER_DOCUMENT_MS, ret, err);
	for (size_t i = 0; i < LENGTH(usual); i++)
		if (!server_open_usual(i, ret, NULL))
			return OK;
	return fail(err, ERR_UNAVAILABLE, "no model server answers at the usual ports of 127.0.0.1 (11434 Ollama, 1234 LM "
					  "Studio, 8080 llama.cpp, 8000 vLLM): start one, or name its URL (--server)");
}

const char *server_usual(size_t i)
{
	return i < LENGTH(usual) ? usual[i] : NULL;
}

enum status server_open_usual(size_t i, struct server **ret, struct error *err)
{
	return open_url(usual[i], SERVER_USUAL_MS, ret, err);
}

void server_close(struct server *s)
{
	if (!s)
		return;
	http_close(s->http);
	free(s);
}

const struct server_about *server_about(const struct server *s)
{
	return &s->about;
}

enum status server_models(struct server *s, struct server_model **ret, size_t *ret_count, struct error *err)
{
	AUTO_FREE struct server_model *list = must_alloc(SERVER_MODELS_MAX, sizeof *list);
	size_t count = 0;
	enum status status = s->api->models(s, list, &count, err);
	if (status)
		return status;
	*ret = TAKE(&list);
	*ret_count = count;
	return OK;
}

enum status server_show(struct server *s, struct server_model *model, struct error *err)
{
	return s->api->show(s, model, err);
}

enum status server_loaded(struct server *s, const char *model, struct server_loaded *ret, struct error *err)
{
	*ret = (struct server_loaded){0};
	return s->api->loaded(s, model, ret, err);
}

void server_interrupt(struct server *s)
{
	http_interrupt(s->http);
}

void server_reply_free(struct server_reply *r)
{
	text_free(&r->text);
	text_free(&r->thought);
}

const char *server_end_name(enum server_end e)
{
	static const char *const names[] = {"stopped", "length", "slow", "cut", "malformed", "busy", "refused", "gone"};
	return (size_t)e < LENGTH(names) ? names[e] : "unknown";
}
