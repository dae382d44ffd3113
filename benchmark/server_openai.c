/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenAI's /v1/models, as llama.cpp, LM Studio, vLLM and others offer it, and what each
 * of them tells beside it: llama.cpp at /props, LM Studio at /api/v0/models, vLLM at
 * /version. The streams are in server_openai_stream.c.
 */
#include "benchmark/server_api.h"
#include "benchmark/server_json.h"

#include <stdio.h>

static const struct slice no_body;

static void set_name(struct server *s, const char *name, const struct json_value *version)
{
	snprintf(s->about.name, sizeof s->about.name, "%s", name);
	server_json_text(version, s->about.version, sizeof s->about.version);
}

/* What a server says of itself at a path of its own; false where it says nothing there. */
static bool tells(struct server *s, const char *path, const char *member, const char *name)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{member, {0}}};
	if (server_fetch(s, path, no_body, &document, wanted, 1, NULL) || wanted[0].value.type != JSON_STRING)
		return false;
	set_name(s, name, &wanted[0].value);
	return true;
}

static bool is_lm_studio(struct server *s)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"data", {0}}};
	static const struct json_value none;
	if (server_fetch(s, "/api/v0/models", no_body, &document, wanted, 1, NULL) || wanted[0].value.type != JSON_ARRAY)
		return false;
	set_name(s, "LM Studio", &none);
	return true;
}

static bool owned_by(const struct json_value *data, const char *owner)
{
	struct cursor elements = json_array(data);
	struct json_value element;
	char name[64] = "";
	if (json_next(&elements, &element)) {
		struct json_value by = server_json_member(&element, "owned_by");
		server_json_text(&by, name, sizeof name);
	}
	return strcmp(name, owner) == 0;
}

static enum status identify(struct server *s, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"data", {0}}};
	static const struct json_value none;
	enum status status = server_fetch(s, "/v1/models", no_body, &document, wanted, 1, err);
	if (status)
		return status;
	if (wanted[0].value.type != JSON_ARRAY)
		return fail(err, ERR_MALFORMED, "%s/v1/models: no list of models", s->about.url);
	set_name(s, "OpenAI-compatible", &none);
	if (owned_by(&wanted[0].value, "vllm")) {
		set_name(s, "vLLM", &none);
		tells(s, "/version", "version", "vLLM");
	} else if (owned_by(&wanted[0].value, "library")) {
		tells(s, "/api/version", "version", "Ollama");
	} else if (!tells(s, "/props", "build_info", "llama.cpp")) {
		if (owned_by(&wanted[0].value, "llamacpp"))
			set_name(s, "llama.cpp", &none);
		else
			is_lm_studio(s);
	}
	return OK;
}

/* llama.cpp: "meta": {"n_ctx_train": …, "n_params": 8190735360, "size": …} */
static void read_meta(const struct json_value *meta, struct server_model *m)
{
	struct json_member wanted[] = {{"n_ctx_train", {0}}, {"n_params", {0}}, {"size", {0}}};
	if (meta->type != JSON_OBJECT || json_read_object(meta->raw, wanted, LENGTH(wanted), NULL))
		return;
	uint64_t parameters = server_json_u64(&wanted[1].value) / 1000000;
	m->context_max = server_json_u64(&wanted[0].value);
	m->size_bytes = server_json_u64(&wanted[2].value);
	if (parameters >= 1000)
		snprintf(m->parameters, sizeof m->parameters, "%llu.%lluB", (unsigned long long)(parameters / 1000),
			 (unsigned long long)(parameters / 100 % 10));
	else if (parameters)
		snprintf(m->parameters, sizeof m->parameters, "%lluM", (unsigned long long)parameters);
}

/* False for what cannot write: LM Studio lists its models for embeddings as well. */
bool server_openai_model(const struct json_value *element, struct server_model *m, uint64_t *ret_loaded_context)
{
	struct json_member wanted[] = {{"id", {0}}, {"meta", {0}}, {"max_model_len", {0}}, {"max_context_length", {0}},
				       {"quantization", {0}}, {"arch", {0}}, {"type", {0}}, {"loaded_context_length", {0}}};
	char type[32];
	*m = (struct server_model){0};
	if (element->type != JSON_OBJECT || json_read_object(element->raw, wanted, LENGTH(wanted), NULL))
		return false;
	server_json_name(&wanted[0].value, m->name, sizeof m->name);
	read_meta(&wanted[1].value, m);
	for (size_t i = 2; i < 4 && m->context_max == 0; i++)
		m->context_max = server_json_u64(&wanted[i].value);
	server_json_text(&wanted[4].value, m->quantisation, sizeof m->quantisation);
	server_json_text(&wanted[5].value, m->family, sizeof m->family);
	server_json_text(&wanted[6].value, type, sizeof type);
	*ret_loaded_context = server_json_u64(&wanted[7].value);
	return m->name[0] && strcmp(type, "embeddings") != 0;
}

static const char *list_path(const struct server *s)
{
	return strcmp(s->about.name, "LM Studio") == 0 ? "/api/v0/models" : "/v1/models";
}

static enum status models(struct server *s, struct server_model *list, size_t *count, struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"data", {0}}};
	struct json_value element;
	uint64_t context;
	enum status status = server_fetch(s, list_path(s), no_body, &document, wanted, 1, err);
	if (status)
		return status;
	struct cursor elements = json_array(&wanted[0].value);
	while (*count < SERVER_MODELS_MAX && json_next(&elements, &element))
		*count += server_openai_model(&element, &list[*count], &context);
	return OK;
}

/* The context that llama.cpp was started with, and its template. */
static uint64_t read_props(struct server *s, char template_sha256[static 65])
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"default_generation_settings", {0}}, {"chat_template", {0}}};
	if (strcmp(s->about.name, "llama.cpp") != 0 ||
	    server_fetch(s, "/props", no_body, &document, wanted, LENGTH(wanted), NULL))
		return 0;
	server_hash(&wanted[1].value, template_sha256);
	struct json_value context = server_json_member(&wanted[0].value, "n_ctx");
	return server_json_u64(&context);
}

static enum status find(struct server *s, const char *name, struct server_model *m, uint64_t *ret_context,
			struct error *err)
{
	AUTO_TEXT struct text document = {0};
	struct json_member wanted[] = {{"data", {0}}};
	struct json_value element;
	enum status status = server_fetch(s, list_path(s), no_body, &document, wanted, 1, err);
	if (status)
		return status;
	struct cursor elements = json_array(&wanted[0].value);
	while (json_next(&elements, &element))
		if (server_openai_model(&element, m, ret_context) && strcmp(m->name, name) == 0)
			return OK;
	return fail(err, ERR_NO_INPUT, "%s: there is no model %s", s->about.url, name);
}

static enum status show(struct server *s, struct server_model *m, struct error *err)
{
	struct server_model found;
	uint64_t context;
	enum status status = find(s, m->name, &found, &context, err);
	if (status)
		return status;
	context = read_props(s, found.template_sha256);
	if (context && (found.context_max == 0 || context < found.context_max))
		found.context_max = context;
	*m = found;
	return OK;
}

/* None of them tells where its memory is, so `known` stays false; some tell the context. */
static enum status loaded(struct server *s, const char *model, struct server_loaded *ret, struct error *err)
{
	struct server_model found = {0};
	char template_sha256[65];
	enum status status = find(s, model, &found, &ret->context, err);
	if (!status && ret->context == 0)
		ret->context = read_props(s, template_sha256);
	if (!status && ret->context == 0 && strcmp(s->about.name, "vLLM") == 0)
		ret->context = found.context_max; /* max_model_len is what it was started with */
	return status;
}

static const char *request(const struct server *s, const struct server_ask *ask, struct text *ret)
{
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "model", ask->model);
	if (ask->messages)
		server_add_messages(&j, ask);
	else
		json_add_slice(&j, "prompt", ask->prompt);
	json_add_bool(&j, "stream", true);
	json_begin_object(&j, "stream_options");
	json_add_bool(&j, "include_usage", true);
	json_end_object(&j);
	server_json_add_number(&j, "temperature", ask->temperature);
	json_add_u64(&j, "seed", server_seed(ask));
	if (ask->tokens_max)
		json_add_u64(&j, "max_tokens", ask->tokens_max);
	server_add_stops(&j, ask);
	if (strcmp(s->about.name, "llama.cpp") == 0)
		json_add_bool(&j, "cache_prompt", false); /* else its prompt times are of what it had not read before */
	json_end_object(&j);
	return ask->messages ? "/v1/chat/completions" : "/v1/completions";
}

const struct server_api server_openai = {SERVER_OPENAI, identify, models, show, loaded, request};
