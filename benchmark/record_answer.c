/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines about a model's work.
 */
#include "benchmark/record_line.h"

/* Negative: not known. */
static void add_known(struct json *j, const char *key, int64_t value)
{
	if (value < 0)
		json_add_null(j, key);
	else
		json_add_i64(j, key, value);
}

static void add_joules(struct json *j, const char *key, double joules)
{
	AUTO_TEXT struct text t = text_make(64);
	if (!(joules >= 0 && joules < 1e15)) {
		json_add_null(j, key);
		return;
	}
	text_addf(&t, "%.3f", joules);
	json_add_raw(j, key, text_slice(&t));
}

static void add_text(struct json *j, const char *key, const char *text) /* "" is null */
{
	json_add_string(j, key, text[0] ? text : NULL);
}

static void add_size(struct json *j, const char *key, uint64_t size) /* 0 is null */
{
	if (size)
		json_add_u64(j, key, size);
	else
		json_add_null(j, key);
}

enum status record_server(struct record *r, const struct server_about *s, struct error *err)
{
	struct record_line l;
	record_begin(&l, "server");
	json_add_string(&l.json, "url", s->url);
	json_add_string(&l.json, "server", s->kind == SERVER_OLLAMA ? "ollama" : "openai");
	json_add_string(&l.json, "name", s->name);
	add_text(&l.json, "version", s->version);
	return record_write(r, &l, err);
}

enum status record_model(struct record *r, const struct server_model *m, const char *tier, struct error *err)
{
	struct record_line l;
	record_begin(&l, "model");
	json_add_string(&l.json, "model", m->name);
	add_text(&l.json, "digest", m->digest);
	add_text(&l.json, "quantisation", m->quantisation);
	add_text(&l.json, "parameters", m->parameters);
	add_text(&l.json, "family", m->family);
	add_size(&l.json, "size_bytes", m->size_bytes);
	add_size(&l.json, "context_max", m->context_max);
	add_text(&l.json, "template_sha256", m->template_sha256);
	add_text(&l.json, "tier", tier);
	return record_write(r, &l, err);
}

enum status record_loaded(struct record *r, const char *model, const struct server_loaded *loaded, struct error *err)
{
	struct record_line l;
	record_begin(&l, "loaded");
	json_add_string(&l.json, "model", model);
	if (loaded->known) {
		json_add_u64(&l.json, "size_bytes", loaded->size_bytes);
		json_add_u64(&l.json, "size_vram_bytes", loaded->size_vram_bytes);
	}
	add_size(&l.json, "context", loaded->context);
	return record_write(r, &l, err);
}

static void add_times(struct json *j, int64_t first, int64_t total, int64_t load, int64_t prompt, int64_t generation)
{
	json_add_time(j, "first_ns", first);
	json_add_i64(j, "total_ns", total);
	add_known(j, "load_ns", load);
	add_known(j, "prompt_ns", prompt);
	add_known(j, "generation_ns", generation);
}

enum status record_speed(struct record *r, const char *model, unsigned repeat, const struct server_reply *reply,
			 double energy_joules, struct error *err)
{
	struct record_line l;
	record_begin(&l, "speed");
	json_add_string(&l.json, "model", model);
	json_add_u64(&l.json, "repeat", repeat);
	add_known(&l.json, "prompt_tokens", reply->prompt_tokens);
	add_known(&l.json, "tokens", reply->tokens);
	add_times(&l.json, reply->first_ns, reply->total_ns, reply->load_ns, reply->prompt_ns, reply->generation_ns);
	add_joules(&l.json, "energy_joules", energy_joules);
	json_add_string(&l.json, "end", server_end_name(reply->end));
	return record_write(r, &l, err);
}

enum status record_answer(struct record *r, const struct record_answer *a, struct error *err)
{
	const struct asked *asked = a->asked;
	struct record_line l;
	record_begin(&l, "answer");
	json_add_string(&l.json, "model", a->model);
	json_add_string(&l.json, "suite", task_suite_name(a->task->suite));
	json_add_string(&l.json, "task", a->task->id);
	json_add_string(&l.json, "language", task_language_name(a->task->language));
	json_add_string(&l.json, "difficulty", task_difficulty_name(a->task->difficulty));
	json_add_u64(&l.json, "sample", a->sample);
	json_add_u64(&l.json, "seed", a->seed);
	json_add_string(&l.json, "outcome", outcome_name(a->verdict->outcome));
	json_add_string(&l.json, "detail", a->verdict->detail);
	json_add_string(&l.json, "end", server_end_name(asked->end));
	/* past that a reader would have to leave the whole line out */
	json_add_slice(&l.json, "said", slice_part(a->said, 0, RECORD_SAID_MAX));
	json_add_u64(&l.json, "said_bytes", a->said.size);
	json_add_u64(&l.json, "thought_bytes", asked->thought_bytes);
	json_add_u64(&l.json, "turns", asked->turns);
	json_add_u64(&l.json, "tries", asked->tries);
	add_known(&l.json, "prompt_tokens", asked->prompt_tokens);
	add_known(&l.json, "tokens", asked->tokens);
	add_times(&l.json, asked->first_ns, asked->total_ns, asked->load_ns, asked->prompt_ns, asked->generation_ns);
	json_add_i64(&l.json, "run_ns", a->verdict->wall_ns);
	add_size(&l.json, "run_memory_bytes", a->verdict->memory_bytes);
	return record_write(r, &l, err);
}

enum status record_energy(struct record *r, const char *model, double joules, const char *source, int64_t wall_ns,
			  struct error *err)
{
	struct record_line l;
	record_begin(&l, "energy");
	json_add_string(&l.json, "model", model);
	add_joules(&l.json, "joules", joules);
	json_add_string(&l.json, "source", source);
	json_add_i64(&l.json, "wall_ns", wall_ns);
	return record_write(r, &l, err);
}
