/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The model servers of this machine: those that were named, by --server or behind a model's
 * name, else every usual one that answers.
 */
#include "benchmark/run_parts.h"

#include "benchmark/http.h"

#include <stdlib.h>
#include <string.h>

static struct server *find(const struct run *r, const struct http_place *place)
{
	char url[HTTP_URL_MAX];
	http_place_text(place, url);
	for (size_t i = 0; i < r->server_count; i++)
		if (!strcmp(server_about(r->servers[i])->url, url))
			return r->servers[i];
	return NULL;
}

/* "localhost" is either loopback, as for server_open(). */
struct server *run_server_at(const struct run *r, const char *url)
{
	struct http_place place;
	if (http_place_parse(url, &place, NULL))
		return NULL;
	struct server *found = find(r, &place);
	if (!found && place.by_name && address_parse(SLICE("::1"), &place.address))
		found = find(r, &place);
	return found;
}

static void take_server(struct run *r, struct server *s)
{
	const struct server_about *about = server_about(s);
	r->servers[r->server_count++] = s;
	run_say(r, "%s%s%s at %s", about->name, about->version[0] ? " " : "", about->version, about->url);
}

/* Once, also where it is named twice. */
static enum status open_one(struct run *r, const char *url, struct error *err)
{
	struct server *s;
	if (run_server_at(r, url))
		return OK;
	if (r->server_count == RUN_SERVERS_MAX)
		return fail(err, ERR_USAGE, "more than %d model servers", RUN_SERVERS_MAX);
	enum status status = server_open(url, &s, err);
	if (!status)
		take_server(r, s);
	return status;
}

static enum status open_usual(struct run *r, struct error *err)
{
	struct server *s;
	const char *url;
	for (size_t i = 0; (url = server_usual(i)) && r->server_count < RUN_SERVERS_MAX; i++)
		if (!run_server_at(r, url) && !server_open_usual(i, &s, NULL))
			take_server(r, s);
	if (r->server_count > 0)
		return OK;
	enum status status = server_open(NULL, &s, err); /* which says what was tried */
	const char *other = getenv("OLLAMA_HOST");
	if (!status)
		take_server(r, s);
	else if (other && *other)
		return fail_in(err, "OLLAMA_HOST is %.100s, which is only looked at where --server names it", other);
	return status;
}

enum status run_servers(struct run *r, struct error *err)
{
	const struct run_settings *s = r->settings;
	char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
	enum status status = OK;
	size_t placed = 0;
	for (size_t i = 0; i < s->server_count && !status; i++)
		status = open_one(r, s->servers[i], err);
	for (size_t i = 0; i < s->model_count && !status; i++) {
		run_settings_model(s->models[i], name, url);
		placed += url[0] != 0;
		if (url[0])
			status = open_one(r, url, err);
	}
	/* every model says where it is: nobody else need be asked */
	if (status || s->server_count > 0 || (placed > 0 && placed == s->model_count))
		return status;
	return open_usual(r, err);
}
