/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a record back, to go on with it: bench/run.ndjson (airgap-verify-formats(5)). Of
 * its lines only "benchmark", the first, "model", "speed" and "answer" matter here. A last
 * line without its end is a run that broke off in the middle of a write, and is left out.
 */
#include "benchmark/record_line.h"
#include "core/auto.h"
#include "core/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = SERVER_NAME_MAX + TASK_ID_MAX + 32, ANSWERS_MAX = 1 << 22 };

static void make_key(const char *model, const char *task, unsigned sample, char ret[static KEY_MAX])
{
	(void)snprintf(ret, KEY_MAX, "%s\n%s\n%u", model, task, sample);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool record_has(const struct record_answered *a, const char *model, const char *task, unsigned sample)
{
	char key[KEY_MAX], *wanted = key;
	make_key(model, task, sample, key);
	return a->count > 0 && bsearch(&wanted, a->keys, a->count, sizeof *a->keys, compare) != NULL;
}

bool record_has_other(const struct record_before *b, const char *model, const char *digest)
{
	char own[KEY_MAX];
	(void)snprintf(own, sizeof own, "%s\n", model);
	for (size_t i = 0; i < b->digests.count; i++)
		if (slice_starts(slice_of_string(b->digests.keys[i]), own) && strcmp(b->digests.keys[i] + strlen(own), digest) != 0)
			return true;
	return false;
}

static bool string(const struct json_value *v, char *ret, size_t capacity)
{
	char buffer[4096];
	struct slice text;
	return json_string(v, buffer, sizeof buffer, &text) && slice_to_string(text, ret, capacity);
}

static bool number(const struct json_value *v, uint64_t max, unsigned *ret)
{
	uint64_t value;
	if (!json_u64(v, max, &value))
		return false;
	*ret = (unsigned)value;
	return true;
}

static bool read_names(const struct json_value *v, bool ret[], size_t count, const char *(*name)(size_t))
{
	struct json_value element;
	char word[64];
	if (v->type != JSON_ARRAY)
		return false;
	memset(ret, 0, count * sizeof *ret);
	for (struct cursor c = json_array(v); json_next(&c, &element);) {
		size_t i = 0;
		while (string(&element, word, sizeof word) && i < count && strcmp(word, name(i)) != 0)
			i++;
		if (i == count || element.type != JSON_STRING)
			return false;
		ret[i] = true;
	}
	return true;
}

static bool read_list(const struct json_value *v, char *first, size_t size, size_t max, size_t *ret_count)
{
	struct json_value element;
	if (v->type != JSON_ARRAY)
		return false;
	*ret_count = 0;
	for (struct cursor c = json_array(v); json_next(&c, &element);)
		if (*ret_count == max || !string(&element, first + size * (*ret_count)++, size))
			return false;
	return true;
}

static bool read_settings(struct slice line, struct record_before *ret)
{
	enum { SEED, SAMPLES, TEMPERATURE, CONTEXT, TOKENS, TIMEOUT, REPEATS, SUITES, MODE, LIMIT, TIER, VRAM, LANGUAGES,
	       DIFFICULTIES, MODELS, SERVERS, FOLDERS, MACHINES, PROBLEMS, SHA256, FORMAT };
	struct json_member m[] = {
		[SEED] = {.key = "seed"}, [SAMPLES] = {.key = "samples"}, [TEMPERATURE] = {.key = "temperature"},
		[CONTEXT] = {.key = "context"}, [TOKENS] = {.key = "tokens_max"}, [TIMEOUT] = {.key = "timeout_ms"},
		[REPEATS] = {.key = "repeats"}, [SUITES] = {.key = "suites"}, [MODE] = {.key = "prompt_mode"},
		[LIMIT] = {.key = "limit"}, [TIER] = {.key = "tier_asked"}, [VRAM] = {.key = "vram_asked"},
		[LANGUAGES] = {.key = "languages_asked"}, [DIFFICULTIES] = {.key = "difficulties_asked"},
		[MODELS] = {.key = "models_asked"}, [SERVERS] = {.key = "servers_asked"},
		[FOLDERS] = {.key = "task_folders"}, [PROBLEMS] = {.key = "problem_files"},
		[MACHINES] = {.key = "machine_files"},
		[SHA256] = {.key = "tasks_sha256"}, [FORMAT] = {.key = "format"},
	};
	struct run_settings *s = &ret->settings;
	char mode[16];
	unsigned format;
	if (json_read_object(line, m, LENGTH(m), NULL) || !number(&m[FORMAT].value, RECORD_FORMAT, &format) ||
	    format != RECORD_FORMAT || !string(&m[MODE].value, mode, sizeof mode))
		return false;
	s->completion = !strcmp(mode, "completion");
	return json_u64(&m[SEED].value, INT64_MAX, &s->seed) &&
	       number(&m[SAMPLES].value, RUN_SAMPLES_MAX, &s->samples) && s->samples > 0 &&
	       run_settings_temperature(m[TEMPERATURE].value.raw, &s->temperature_milli) &&
	       number(&m[CONTEXT].value, INT32_MAX, &s->context) &&
	       number(&m[TOKENS].value, INT32_MAX, &s->tokens_max) &&
	       number(&m[TIMEOUT].value, INT32_MAX, &s->timeout_ms) &&
	       number(&m[REPEATS].value, RUN_REPEATS_MAX, &s->repeats) &&
	       number(&m[LIMIT].value, INT32_MAX, &s->limit) && string(&m[TIER].value, s->tier, sizeof s->tier) &&
	       json_u64(&m[VRAM].value, INT64_MAX, &s->vram_bytes) &&
	       read_names(&m[SUITES].value, s->suites, TASK_SUITES, run_settings_suite) &&
	       read_names(&m[LANGUAGES].value, s->languages, TASK_LANGUAGES, run_settings_language) &&
	       read_names(&m[DIFFICULTIES].value, s->difficulties, TASK_DIFFICULTIES, run_settings_difficulty) &&
	       read_list(&m[MODELS].value, s->models[0], sizeof s->models[0], RUN_MODELS_MAX, &s->model_count) &&
	       read_list(&m[SERVERS].value, s->servers[0], sizeof s->servers[0], RUN_SERVERS_MAX, &s->server_count) &&
	       read_list(&m[FOLDERS].value, s->folders[0], sizeof s->folders[0], RUN_PATHS_MAX, &s->folder_count) &&
	       (m[MACHINES].value.type == JSON_ABSENT || /* there were none before */
		read_list(&m[MACHINES].value, s->machines[0], sizeof s->machines[0], RUN_MACHINES_MAX, &s->machine_count)) &&
	       read_list(&m[PROBLEMS].value, s->problems[0], sizeof s->problems[0], RUN_PATHS_MAX, &s->problem_count) &&
	       string(&m[SHA256].value, ret->tasks_sha256, sizeof ret->tasks_sha256);
}

static void add_key(struct record_answered *a, const char *key)
{
	if (a->count == a->room) {
		a->room = a->room ? 2 * a->room : 1024;
		a->keys = must_realloc(a->keys, a->room, sizeof *a->keys);
	}
	a->keys[a->count++] = must_strdup(key);
}

/* A repeat that was measured is known like the answer to a task without a name. */
static bool read_speed(const struct json_member m[], struct record_before *ret)
{
	char model[SERVER_NAME_MAX], key[KEY_MAX];
	unsigned repeat;
	if (!string(&m[1].value, model, sizeof model) || !number(&m[5].value, RUN_REPEATS_MAX, &repeat) ||
	    ret->answered.count == ANSWERS_MAX)
		return false;
	make_key(model, "", repeat, key);
	add_key(&ret->answered, key);
	return true;
}

/* A server that tells no digest leaves nothing to compare. */
static bool read_model(const struct json_member m[], struct record_before *ret)
{
	char model[SERVER_NAME_MAX], digest[TASK_ID_MAX], key[KEY_MAX];
	if (!string(&m[1].value, model, sizeof model) || ret->digests.count == ANSWERS_MAX)
		return false;
	if (m[6].value.type != JSON_STRING)
		return true;
	if (!string(&m[6].value, digest, sizeof digest))
		return false;
	(void)snprintf(key, sizeof key, "%s\n%s", model, digest);
	add_key(&ret->digests, key);
	return true;
}

/* False where the line is none that can be read. */
static bool read_line(struct slice line, struct record_before *ret)
{
	struct json_member m[] = {{.key = "kind"}, {.key = "model"}, {.key = "task"}, {.key = "sample"}, {.key = "outcome"},
				  {.key = "repeat"}, {.key = "digest"}};
	char kind[32], model[SERVER_NAME_MAX], task[TASK_ID_MAX], outcome[32], key[KEY_MAX];
	unsigned sample;
	if (json_read_object(line, m, LENGTH(m), NULL) || !string(&m[0].value, kind, sizeof kind))
		return false;
	if (!strcmp(kind, "speed"))
		return read_speed(m, ret);
	if (!strcmp(kind, "model"))
		return read_model(m, ret);
	if (strcmp(kind, "answer") != 0)
		return true;
	if (!string(&m[1].value, model, sizeof model) || !string(&m[2].value, task, sizeof task) ||
	    !number(&m[3].value, RUN_SAMPLES_MAX, &sample) || !string(&m[4].value, outcome, sizeof outcome) ||
	    ret->answered.count == ANSWERS_MAX)
		return false;
	if (!strcmp(outcome, outcome_name(OUTCOME_SERVER_ERROR)))
		return true;
	ret->answers++;
	ret->passed += !strcmp(outcome, outcome_name(OUTCOME_PASSED));
	make_key(model, task, sample, key);
	add_key(&ret->answered, key);
	return true;
}

enum status record_parse(struct slice all, struct record_before *ret, struct error *err)
{
	struct cursor lines = cursor_over(all);
	struct slice line;
	bool whole;
	memset(ret, 0, sizeof *ret);
	if (!cursor_line(&lines, &line, &whole) || !whole || !read_settings(line, ret))
		return fail(err, ERR_MALFORMED, RECORD_NAME ": its first line is no \"benchmark\" of format %d", RECORD_FORMAT);
	while (cursor_line(&lines, &line, &whole))
		if (whole && !read_line(line, ret))
			ret->left_out++;
	if (ret->answered.count > 0)
		qsort(ret->answered.keys, ret->answered.count, sizeof *ret->answered.keys, compare);
	return OK;
}

enum status record_read(int folder, struct record_before *ret, struct error *err)
{
	AUTO_TEXT struct text all = text_make(RECORD_FILE_MAX);
	enum status status = file_read(folder, RECORD_NAME, RECORD_FILE_MAX, &all, err);
	return status ? status : record_parse(text_slice(&all), ret, err);
}

static void free_keys(struct record_answered *a)
{
	for (size_t i = 0; i < a->count; i++)
		free(a->keys[i]);
	free(a->keys);
	*a = (struct record_answered){0};
}

void record_before_free(struct record_before *b)
{
	free_keys(&b->answered);
	free_keys(&b->digests);
}
