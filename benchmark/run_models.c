/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the models that are wanted the servers of this machine have.
 */
#include "benchmark/run_parts.h"
#include "benchmark/server_api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "qwen3:8b" is itself; "glm-4.7-flash" is "glm-4.7-flash:latest", as Ollama has it. */
static bool is_called(const char *there, const char *wanted)
{
	struct slice name = slice_of_string(there);
	if (slice_is(name, wanted))
		return true;
	size_t size = strlen(wanted);
	return slice_starts(name, wanted) && slice_is(slice_part(name, size, name.size), ":latest");
}

/* What the servers have, gathered once. */
struct there {
	struct server_model *at[RUN_SERVERS_MAX]; /* owned */
	size_t count[RUN_SERVERS_MAX];
};

static enum status list(struct run *r, struct there *t, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < r->server_count && !status; i++)
		status = server_models(r->servers[i], &t->at[i], &t->count[i], err);
	return status;
}

static const char *tier_of(const struct run *r, const char *model)
{
	for (size_t i = 0; i < r->tiers.count; i++)
		if (is_called(model, r->tiers.at[i].model))
			return r->tiers.at[i].name;
	return "";
}

/* By two names, or by one that was given twice. */
static const struct run_model *taken(const struct run *r, const char *model)
{
	for (size_t i = 0; i < r->model_count; i++)
		if (!strcmp(r->models[i].about.name, model))
			return &r->models[i];
	return NULL;
}

/* Told, and kept in the record: what a server says of a model's size is more than its name. */
static void weigh(struct run *r, const struct server_model *m)
{
	const struct tier_model model = {m->name, m->parameters, m->quantisation, m->size_bytes};
	char warning[TIER_WARNING_MAX];
	bool told = r->tier && r->tier_warning[0] && slice_starts(slice_of_string(r->tier_warning), r->tier->model) &&
		    is_called(m->name, r->tier->model);
	tiers_weigh(&model, r->graphics_bytes, r->machine.memory_bytes, warning);
	if (told || !warning[0])
		return;
	run_say(r, "%s", warning);
	text_addf(&r->machine_notes, "%s\n", warning);
}

static enum status take_it(struct run *r, const struct server_model *model, struct server *from, const char *url,
			   struct error *err)
{
	const struct run_model *other = taken(r, model->name);
	if (other && other->server != from && url[0])
		return fail(err, ERR_USAGE, "%s is wanted of two servers, but in one record models are told apart by their names: "
			    "run bench once for each", model->name);
	if (other)
		return OK;
	struct run_model *m = &r->models[r->model_count++];
	*m = (struct run_model){.about = *model, .server = from};
	snprintf(m->tier, sizeof m->tier, "%s", tier_of(r, m->about.name));
	enum status status = server_show(m->server, &m->about, err);
	if (!status)
		weigh(r, &m->about);
	return status;
}

/* Takes the model called `wanted` from the server that it names, or from the first that has
 * it, once. */
static enum status take(struct run *r, const struct there *t, const char *wanted, bool *ret_found, struct error *err)
{
	char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
	const struct server *only, *from = NULL;
	enum status status = OK;
	run_settings_model(wanted, name, url);
	only = url[0] ? run_server_at(r, url) : NULL;
	for (size_t i = 0; i < r->server_count; i++)
		for (size_t k = 0; k < t->count[i] && !status; k++) {
			if (!is_called(t->at[i][k].name, name) || (only && only != r->servers[i]) || from == r->servers[i])
				continue;
			if (from) {
				run_say(r, "%s has %s too; asked is the one at %s (--model NAME@URL chooses)",
					server_about(r->servers[i])->url, name, server_about(from)->url);
				continue;
			}
			from = r->servers[i];
			status = take_it(r, &t->at[i][k], r->servers[i], url, err);
		}
	*ret_found = from != NULL;
	return status;
}

static bool has_ollama(const struct run *r)
{
	for (size_t i = 0; i < r->server_count; i++)
		if (server_about(r->servers[i])->kind == SERVER_OLLAMA)
			return true;
	return false;
}

/* While there is still a network to fetch it by. */
static void say_missing(const struct run *r, const char *wanted)
{
	char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
	run_settings_model(wanted, name, url);
	if (has_ollama(r))
		run_say(r, "%s is not there; before this machine is unplugged, fetch it: ollama pull %s", wanted, name);
	else
		run_say(r, "%s is not there; before this machine is unplugged, load it into the server", wanted);
}

static enum status nothing_there(const struct run *r, const struct there *t, struct error *err)
{
	AUTO_TEXT struct text names = text_make(1024), fetch = text_make(2 * SERVER_NAME_MAX);
	char name[SERVER_NAME_MAX] = "", url[SERVER_NAME_MAX];
	size_t shown = 0;
	for (size_t i = 0; i < r->server_count; i++)
		for (size_t k = 0; k < t->count[i] && shown < 8; k++, shown++)
			text_addf(&names, "%s--model %s", shown ? ", " : "", t->at[i][k].name);
	const char *wanted = r->settings->model_count ? r->settings->models[0] : r->tier ? r->tier->model : NULL;
	if (wanted)
		run_settings_model(wanted, name, url);
	text_addf(&fetch, has_ollama(r) ? "ollama pull %s" : "%s, into the model server", name);
	if (shown == 0)
		return fail(err, ERR_UNAVAILABLE, "the model server has no model%s%s", wanted ? "; fetch one before unplugging: " : "",
			    wanted ? text_string(&fetch) : "");
	return fail(err, ERR_UNAVAILABLE, "%s%s; or try what is there: %s",
		    wanted ? "none of the models that were wanted is there; fetch it before unplugging: "
			   : "no tier fits this machine, so a model must be named",
		    wanted ? text_string(&fetch) : "", text_string(&names));
}

/* One that is not among what is here may be one that Ollama passes on to its cloud: then
 * fetching it would not help. */
static enum status say_why_not(const struct run *r, const char *wanted, struct error *err)
{
	char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
	enum status status = OK;
	run_settings_model(wanted, name, url);
	for (size_t i = 0; i < r->server_count && !status; i++)
		if (server_about(r->servers[i])->kind == SERVER_OLLAMA)
			status = server_is_here(r->servers[i], name, err);
	if (!status)
		say_missing(r, wanted);
	return status;
}

static enum status take_wanted(struct run *r, const struct there *t, struct error *err)
{
	bool found;
	enum status status = OK;
	for (size_t i = 0; i < r->settings->model_count && !status; i++) {
		status = take(r, t, r->settings->models[i], &found, err);
		if (!status && !found)
			status = say_why_not(r, r->settings->models[i], err);
	}
	/* every row of the tier: a site may have put several models into it */
	for (size_t i = 0; r->settings->model_count == 0 && r->tier && i < r->tiers.count && !status; i++) {
		if (strcmp(r->tiers.at[i].name, r->tier->name) != 0)
			continue;
		status = take(r, t, r->tiers.at[i].model, &found, err);
		if (!status && !found)
			status = say_why_not(r, r->tiers.at[i].model, err);
	}
	if (!status && r->model_count == 0)
		status = nothing_there(r, t, err);
	return status;
}

/* Weights that changed meanwhile under the same name are another model. */
static enum status check_resumed(const struct run *r, struct error *err)
{
	for (size_t i = 0; i < r->model_count; i++) {
		const struct server_model *m = &r->models[i].about;
		if (m->digest[0] && record_has_other(&r->before, m->name, m->digest))
			return fail(err, ERR_MALFORMED, "%s: its %s had another digest than the one that is there now (%.12s); what "
				    "is measured with both says nothing", r->order->resumed_from, m->name, m->digest);
	}
	return OK;
}

enum status run_models(struct run *r, struct error *err)
{
	struct there t = {{NULL}, {0}};
	enum status status = run_servers(r, err);
	if (!status)
		status = list(r, &t, err);
	if (!status)
		status = take_wanted(r, &t, err);
	if (!status)
		status = check_resumed(r, err);
	for (size_t i = 0; i < r->server_count; i++)
		free(t.at[i]);
	return status;
}

enum status run_models_record(struct run *r, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < r->server_count && !status; i++)
		status = record_server(r->record, server_about(r->servers[i]), err);
	for (size_t i = 0; i < r->model_count && !status; i++)
		status = record_model(r->record, &r->models[i].about, r->models[i].tier, err);
	return status;
}
