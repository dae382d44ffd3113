/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ollama's own API (its docs/api.md): /api/version, tags, show, ps, generate and chat.
 * Durations are nanoseconds. A stream is one object a line:
 *
 *	{"model":"qwen3:8b","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}
 *	{"model":"qwen3:8b","message":{"role":"assistant","content":"Yes"},"done":false}
 *	{"model":"qwen3:8b","message":{…},"done":true,"done_reason":"stop","load_duration":…,
 *	 "prompt_eval_count":26,"prompt_eval_duration":…,"eval_count":298,"eval_duration":…}
 *
 * with "response" in the place of "message" where a prompt is continued, and {"error":"…"}
 * at any time.
 */
#include "benchmark/server_api.h"
#include "benchmark/server_json.h"
#include "benchmark/server_stream.h"

#include <stdio.h>

/* Longer than the pauses between tasks, so that no answer pays for loading again. */
static const char keep_alive[] = "15m";

static enum status identify(struct server *s, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"version", {0}}};
	enum status status = server_fetch(s, "/api/version", slice_of(NULL, 0), &document, wanted, 1, err);
	if (status)
		return status;
	server_json_text(&wanted[0].value, s->about.version, sizeof s->about.version);
	if (!s->about.version[0])
		return fail(err, ERR_MALFORMED, "%s/api/version: names no version", s->about.url);
	snprintf(s->about.name, sizeof s->about.name, "Ollama");
	return OK;
}

/* "gpt-oss:120b-cloud", "qwen3-coder-next:cloud" */
static bool is_cloud(const char *model)
{
	struct slice name = slice_of_string(model);
	return slice_ends(name, "-cloud") || slice_ends(name, ":cloud");
}

static enum status fail_elsewhere(const char *model, const struct json_value *host, struct error *err)
{
	char where[128];
	server_json_text(host, where, sizeof where);
	return fail(err, ERR_USAGE, "%s is not on this machine: Ollama passes what it is asked on to %s", model,
		    where[0] ? where : "its cloud");
}

static bool is_set(const struct json_value *v)
{
	return v->type == JSON_STRING && v->raw.size > 0;
}

static void read_details(const struct json_value *details, struct server_model *m)
{
	struct json_member wanted[] = {{"family", {0}}, {"parameter_size", {0}}, {"quantization_level", {0}}};
	if (details->type != JSON_OBJECT || json_read_object(details->raw, wanted, LENGTH(wanted), NULL))
		return;
	server_json_text(&wanted[0].value, m->family, sizeof m->family);
	server_json_text(&wanted[1].value, m->parameters, sizeof m->parameters);
	server_json_text(&wanted[2].value, m->quantisation, sizeof m->quantisation);
}

bool server_ollama_model(const struct json_value *element, struct server_model *m)
{
	struct json_member wanted[] = {{"name", {0}}, {"digest", {0}}, {"size", {0}}, {"details", {0}},
				       {"remote_host", {0}}, {"remote_model", {0}}};
	char digest[128];
	*m = (struct server_model){0};
	if (element->type != JSON_OBJECT || json_read_object(element->raw, wanted, LENGTH(wanted), NULL))
		return false;
	server_json_name(&wanted[0].value, m->name, sizeof m->name);
	server_json_text(&wanted[1].value, digest, sizeof digest);
	struct slice hex = slice_of_string(digest);
	if (slice_starts(hex, "sha256:"))
		hex = slice_part(hex, 7, hex.size);
	slice_to_string(hex, m->digest, sizeof m->digest);
	m->size_bytes = server_json_u64(&wanted[2].value);
	read_details(&wanted[3].value, m);
	return m->name[0] && !is_cloud(m->name) && !is_set(&wanted[4].value) && !is_set(&wanted[5].value);
}

static enum status models(struct server *s, struct server_model *list, size_t *count, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"models", {0}}};
	struct json_value element;
	enum status status = server_fetch(s, "/api/tags", slice_of(NULL, 0), &document, wanted, 1, err);
	if (status)
		return status;
	struct cursor elements = json_array(&wanted[0].value);
	while (*count < SERVER_MODELS_MAX && json_next(&elements, &element))
		*count += server_ollama_model(&element, &list[*count]);
	return OK;
}

/* "general.architecture": "qwen3" makes it "qwen3.context_length"; there is one of them. */
static void read_info(const struct json_value *info, struct server_model *m)
{
	struct cursor members = json_object(info);
	struct slice key;
	struct json_value value;
	while (json_next_member(&members, &key, &value))
		if (slice_ends(key, ".context_length"))
			m->context_max = server_json_u64(&value);
}

/* Asks for a model by its name; one of the cloud's is ERR_USAGE. */
static enum status fetch_model(struct server *s, const char *model, struct text *document, struct json_member wanted[5],
			       struct error *err)
{
	static const char *const names[] = {"remote_host", "remote_model", "details", "model_info", "template"};
	AUTO_TEXT struct text body = text_make(8 * SERVER_NAME_MAX);
	struct json j = json_on(&body);
	for (size_t i = 0; i < LENGTH(names); i++)
		wanted[i].key = names[i];
	json_begin_object(&j, NULL);
	json_add_string(&j, "model", model);
	json_end_object(&j);
	enum status status = is_cloud(model) ? fail_elsewhere(model, &(struct json_value){0}, err)
					     : server_fetch(s, "/api/show", text_slice(&body), document, wanted,
							    LENGTH(names), err);
	if (!status && (is_set(&wanted[0].value) || is_set(&wanted[1].value)))
		return fail_elsewhere(model, &wanted[0].value, err);
	return status;
}

enum status server_is_here(struct server *s, const char *model, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[5];
	if (strcmp(s->about.name, "Ollama") != 0 || strcmp(s->here, model) == 0)
		return OK;
	enum status status = fetch_model(s, model, &document, wanted, err);
	if (!status)
		snprintf(s->here, sizeof s->here, "%s", model);
	return status == ERR_USAGE ? status : OK; /* what else is wrong, the question itself will tell */
}

static enum status show(struct server *s, struct server_model *m, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[5];
	enum status status = fetch_model(s, m->name, &document, wanted, err);
	if (status)
		return status;
	read_details(&wanted[2].value, m);
	read_info(&wanted[3].value, m);
	server_hash(&wanted[4].value, m->template_sha256);
	return OK;
}

/* "qwen3" is short for "qwen3:latest". */
static bool is_model(const struct json_value *name, const char *model)
{
	char is[SERVER_NAME_MAX], latest[SERVER_NAME_MAX + 8];
	server_json_name(name, is, sizeof is);
	snprintf(latest, sizeof latest, "%s:latest", model);
	return strcmp(is, model) == 0 || strcmp(is, latest) == 0;
}

static enum status loaded(struct server *s, const char *model, struct server_loaded *ret, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member list[] = {{"models", {0}}};
	struct json_value element;
	enum status status = server_fetch(s, "/api/ps", slice_of(NULL, 0), &document, list, 1, err);
	if (status)
		return status;
	struct cursor elements = json_array(&list[0].value);
	while (json_next(&elements, &element)) {
		struct json_member wanted[] = {{"name", {0}}, {"size", {0}}, {"size_vram", {0}}, {"context_length", {0}}};
		if (element.type != JSON_OBJECT || json_read_object(element.raw, wanted, LENGTH(wanted), NULL) ||
		    !is_model(&wanted[0].value, model))
			continue;
		*ret = (struct server_loaded){true, server_json_u64(&wanted[1].value), server_json_u64(&wanted[2].value),
					      server_json_u64(&wanted[3].value)};
	}
	return OK;
}

static const char *request(const struct server *s, const struct server_ask *ask, struct text *ret)
{
	struct json j = json_on(ret);
	(void)s;
	json_begin_object(&j, NULL);
	json_add_string(&j, "model", ask->model);
	if (ask->messages) {
		server_add_messages(&j, ask);
	} else {
		json_add_slice(&j, "prompt", ask->prompt);
		json_add_bool(&j, "raw", true); /* no template is put around it */
	}
	json_add_bool(&j, "stream", true);
	json_add_string(&j, "keep_alive", keep_alive);
	json_begin_object(&j, "options");
	server_json_add_number(&j, "temperature", ask->temperature);
	json_add_u64(&j, "seed", server_seed(ask));
	if (ask->context)
		json_add_u64(&j, "num_ctx", ask->context);
	if (ask->tokens_max)
		json_add_u64(&j, "num_predict", ask->tokens_max);
	server_add_stops(&j, ask);
	json_end_object(&j);
	json_end_object(&j);
	return ask->messages ? "/api/chat" : "/api/generate";
}

const struct server_api server_ollama = {SERVER_OLLAMA, identify, models, show, loaded, request};

static void read_end(struct server_reply *r, const struct json_member wanted[static 6])
{
	char reason[32];
	server_json_text(&wanted[0].value, reason, sizeof reason);
	r->end = slice_is(slice_of_string(reason), "length") ? SERVER_LENGTH : SERVER_STOPPED;
	r->load_ns = server_json_i64(&wanted[1].value, -1);
	r->prompt_tokens = server_json_i64(&wanted[2].value, -1);
	r->prompt_ns = server_json_i64(&wanted[3].value, -1);
	r->tokens = server_json_i64(&wanted[4].value, -1);
	r->generation_ns = server_json_i64(&wanted[5].value, -1);
}

const char *server_ollama_line(struct server_stream *s, struct slice line)
{
	struct json_member wanted[] = {
		{"done_reason", {0}}, {"load_duration", {0}}, {"prompt_eval_count", {0}}, {"prompt_eval_duration", {0}},
		{"eval_count", {0}},  {"eval_duration", {0}}, {"done", {0}},		  {"error", {0}},
		{"message", {0}},     {"response", {0}},      {"thinking", {0}},
	};
	struct json_member message[] = {{"content", {0}}, {"thinking", {0}}};
	const char *wrong = json_read_object(line, wanted, LENGTH(wanted), NULL);
	const struct json_value *said = &wanted[8].value, *error = &wanted[7].value;
	if (!wrong && said->type == JSON_OBJECT)
		wrong = json_read_object(said->raw, message, LENGTH(message), NULL);
	if (wrong)
		return wrong;
	if (error->type != JSON_ABSENT && error->type != JSON_NULL) {
		server_stream_error(s, error);
		return NULL;
	}
	server_stream_add(s, &s->reply->thought, &message[1].value);
	server_stream_add(s, &s->reply->text, &message[0].value);
	server_stream_add(s, &s->reply->thought, &wanted[10].value);
	server_stream_add(s, &s->reply->text, &wanted[9].value);
	if (wanted[6].value.type == JSON_TRUE && !s->closed) {
		read_end(s->reply, wanted);
		s->ended = s->closed = true;
	}
	return NULL;
}
