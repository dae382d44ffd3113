/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The model servers of this machine, and which of the models that are wanted they have.
 */
#include "benchmark/run_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status open_one(struct run *r, const char *url, struct error *err)
{
	struct server **s = &r->servers[r->server_count];
	enum status status = server_open(url, s, err);
	if (status)
		return status;
	r->server_count++;
	const struct server_about *about = server_about(*s);
	run_say(r, "%s %s at %s", about->name, about->version, about->url);
	return OK;
}

static enum status open_servers(struct run *r, struct error *err)
{
	if (r->settings->server_count == 0)
		return open_one(r, NULL, err);
	enum status status = OK;
	for (size_t i = 0; i < r->settings->server_count && !status; i++)
		status = open_one(r, r->settings->servers[i], err);
	return status;
}

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

/* Takes the model called `wanted` from the first server that has it. */
static enum status take(struct run *r, const struct there *t, const char *wanted, bool *ret_found, struct error *err)
{
	*ret_found = false;
	for (size_t i = 0; i < r->server_count; i++)
		for (size_t k = 0; k < t->count[i]; k++) {
			if (!is_called(t->at[i][k].name, wanted))
				continue;
			struct run_model *m = &r->models[r->model_count++];
			*m = (struct run_model){.about = t->at[i][k], .server = r->servers[i]};
			snprintf(m->tier, sizeof m->tier, "%s", tier_of(r, m->about.name));
			*ret_found = true;
			return server_show(m->server, &m->about, err);
		}
	return OK;
}

/* While there is still a network to fetch it by. */
static void say_missing(const struct run *r, const char *model)
{
	bool ollama = r->server_count > 0 && server_about(r->servers[0])->kind == SERVER_OLLAMA;
	if (ollama)
		run_say(r, "%s is not there; before this machine is unplugged, fetch it: ollama pull %s", model, model);
	else
		run_say(r, "%s is not there; before this machine is unplugged, load it into the server", model);
}

static enum status nothing_there(const struct run *r, const struct there *t, struct error *err)
{
	AUTO_TEXT struct text names = text_make(512);
	size_t shown = 0;
	for (size_t i = 0; i < r->server_count; i++)
		for (size_t k = 0; k < t->count[i] && shown < 8; k++, shown++)
			text_addf(&names, "%s--model %s", shown ? ", " : "", t->at[i][k].name);
	const char *wanted = r->settings->model_count ? r->settings->models[0] : r->tier ? r->tier->model : NULL;
	if (shown == 0)
		return fail(err, ERR_UNAVAILABLE, "no server has any model%s%s", wanted ? "; ollama pull " : "",
			    wanted ? wanted : "");
	return fail(err, ERR_UNAVAILABLE, "%s%s; or try what is there: %s",
		    wanted ? "none of the models that were wanted is there; fetch it before unplugging: ollama pull "
			   : "no tier fits this machine, so a model must be named",
		    wanted ? wanted : "", text_string(&names));
}

static enum status take_wanted(struct run *r, const struct there *t, struct error *err)
{
	bool found;
	enum status status = OK;
	for (size_t i = 0; i < r->settings->model_count && !status; i++) {
		status = take(r, t, r->settings->models[i], &found, err);
		if (!status && !found)
			say_missing(r, r->settings->models[i]);
	}
	/* every row of the tier: a site may have put several models into it */
	for (size_t i = 0; r->settings->model_count == 0 && r->tier && i < r->tiers.count && !status; i++) {
		if (strcmp(r->tiers.at[i].name, r->tier->name) != 0)
			continue;
		status = take(r, t, r->tiers.at[i].model, &found, err);
		if (!status && !found)
			say_missing(r, r->tiers.at[i].model);
	}
	if (!status && r->model_count == 0)
		status = nothing_there(r, t, err);
	return status;
}

enum status run_models(struct run *r, struct error *err)
{
	struct there t = {{NULL}, {0}};
	enum status status = open_servers(r, err);
	if (!status)
		status = list(r, &t, err);
	if (!status)
		status = take_wanted(r, &t, err);
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
