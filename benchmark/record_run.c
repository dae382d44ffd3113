/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines about the run itself: what was asked for, and what it ran on.
 */
#include "benchmark/record_line.h"

static void add_names(struct json *j, const char *key, const bool wanted[], size_t count, const char *(*name)(size_t))
{
	json_begin_array(j, key);
	for (size_t i = 0; i < count; i++)
		if (wanted[i])
			json_add_string(j, NULL, name(i));
	json_end_array(j);
}

static void add_list(struct json *j, const char *key, const char *first, size_t size, size_t count)
{
	json_begin_array(j, key);
	for (size_t i = 0; i < count; i++)
		json_add_string(j, NULL, first + i * size);
	json_end_array(j);
}

static void add_settings(struct json *j, const struct run_settings *s)
{
	AUTO_TEXT struct text temperature = text_make(16);
	text_addf(&temperature, "%u.%03u", s->temperature_milli / 1000, s->temperature_milli % 1000);
	json_add_u64(j, "seed", s->seed);
	json_add_u64(j, "samples", s->samples);
	json_add_raw(j, "temperature", text_slice(&temperature));
	json_add_u64(j, "context", s->context);
	json_add_u64(j, "tokens_max", s->tokens_max);
	json_add_u64(j, "timeout_ms", s->timeout_ms);
	json_add_u64(j, "repeats", s->repeats);
	add_names(j, "suites", s->suites, TASK_SUITES, run_settings_suite);
	json_add_string(j, "prompt_mode", s->completion ? "completion" : "chat");
	json_add_u64(j, "limit", s->limit);
	json_add_string(j, "tier_asked", s->tier);
	json_add_u64(j, "vram_asked", s->vram_bytes);
	add_names(j, "languages_asked", s->languages, TASK_LANGUAGES, run_settings_language);
	add_names(j, "difficulties_asked", s->difficulties, TASK_DIFFICULTIES, run_settings_difficulty);
	add_list(j, "models_asked", s->models[0], sizeof s->models[0], s->model_count);
	add_list(j, "servers_asked", s->servers[0], sizeof s->servers[0], s->server_count);
	add_list(j, "task_folders", s->folders[0], sizeof s->folders[0], s->folder_count);
	add_list(j, "machine_files", s->machines[0], sizeof s->machines[0], s->machine_count);
	add_list(j, "problem_files", s->problems[0], sizeof s->problems[0], s->problem_count);
}

enum status record_benchmark(struct record *r, const struct record_benchmark *b, struct error *err)
{
	struct record_line l;
	record_begin(&l, "benchmark");
	json_add_string(&l.json, "tool", VERSION);
	json_add_string(&l.json, "tasks_sha256", b->tasks_sha256);
	add_settings(&l.json, b->settings);
	json_add_u64(&l.json, "tasks", b->tasks);
	json_begin_object(&l.json, "languages");
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		if (b->languages->version[i][0])
			json_add_string(&l.json, run_settings_language(i), b->languages->version[i]);
	json_end_object(&l.json);
	json_add_string(&l.json, "sandbox", b->sandbox);
	json_add_u64(&l.json, "cpus", b->cpus);
	if (b->resumed_from) {
		json_add_bool(&l.json, "resumed", true);
		json_add_string(&l.json, "resumed_from", b->resumed_from);
		json_add_u64(&l.json, "answers_before", b->answers_before);
	}
	return record_write(r, &l, err);
}

static void add_gpu(struct json *j, const struct machine_gpu *g)
{
	json_begin_object(j, NULL);
	json_add_string(j, "name", g->name);
	json_add_string(j, "vendor", g->vendor);
	json_add_u64(j, "total_bytes", g->total_bytes);
	if (g->free_known)
		json_add_u64(j, "free_bytes", g->free_bytes);
	else
		json_add_null(j, "free_bytes");
	json_add_bool(j, "unified", g->unified);
	json_add_string(j, "source", g->source);
	json_end_object(j);
}

enum status record_machine(struct record *r, const struct record_machine *m, struct error *err)
{
	struct record_line l;
	struct cursor notes = cursor_over(m->notes);
	struct slice note;
	record_begin(&l, "machine");
	json_begin_array(&l.json, "gpus");
	for (size_t i = 0; i < m->machine->gpu_count; i++)
		add_gpu(&l.json, &m->machine->gpus[i]);
	json_end_array(&l.json);
	json_add_u64(&l.json, "memory_bytes", m->machine->memory_bytes);
	json_add_string(&l.json, "processor", m->machine->processor);
	json_add_string(&l.json, "tier", m->tier[0] ? m->tier : NULL);
	json_add_string(&l.json, "tier_from", m->tier_from);
	json_add_u64(&l.json, "tier_bytes", m->tier_bytes);
	json_add_string(&l.json, "warning", m->warning[0] ? m->warning : NULL);
	json_begin_array(&l.json, "notes");
	while (cursor_line(&notes, &note, NULL))
		json_add_slice(&l.json, NULL, note);
	json_end_array(&l.json);
	return record_write(r, &l, err);
}

static void add_told(struct json *j, const char *key, const char *value)
{
	json_add_string(j, key, value[0] ? value : NULL);
}

enum status record_published(struct record *r, const struct published_figure *f, struct error *err)
{
	struct record_line l;
	record_begin(&l, "published");
	json_add_string(&l.json, "model", f->model);
	json_add_string(&l.json, "benchmark", f->benchmark);
	json_add_string(&l.json, "variant", f->variant);
	if (f->percent[0])
		json_add_raw(&l.json, "percent", slice_of_string(f->percent));
	add_told(&l.json, "precision", f->precision);
	add_told(&l.json, "prompt_mode", f->prompt_mode);
	add_told(&l.json, "published", f->date);
	json_add_string(&l.json, "title", f->title);
	return record_write(r, &l, err);
}

enum status record_proof(struct record *r, const struct confine_proof *p, struct error *err)
{
	struct record_line l;
	record_begin(&l, "proof");
	json_add_string(&l.json, "name", p->name);
	json_add_string(&l.json, "tried", p->tried);
	json_add_bool(&l.json, "held", p->held);
	json_add_string(&l.json, "detail", p->detail);
	return record_write(r, &l, err);
}

enum status record_end(struct record *r, bool complete, bool interrupted, struct error *err)
{
	struct record_line l;
	record_begin(&l, "end");
	json_add_bool(&l.json, "complete", complete);
	json_add_bool(&l.json, "interrupted", interrupted);
	return record_write(r, &l, err);
}
