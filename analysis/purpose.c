/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/purpose.h"

#include <string.h>

static enum status take_name(sqlite3_stmt *q, struct purpose_name *ret, bool *ret_found, struct error *err)
{
	enum status status = store_step(q, ret_found, err);
	if (!status && *ret_found)
		*ret_found = slice_to_string(store_slice(q, 0), ret->name, sizeof ret->name) && ret->name[0];
	if (!status && *ret_found)
		slice_to_string(store_slice(q, 1), ret->how, sizeof ret->how);
	return status;
}

/* "GET /path" */
static void set_path(struct slice detail, struct purpose_name *ret)
{
	struct slice path = slice_part(detail, slice_find(detail, ' ') + 1, sizeof ret->path - 1);
	if (slice_starts(path, "/"))
		slice_to_string(path, ret->path, sizeof ret->path);
}

static enum status own_name(struct store *store, int64_t flow, struct purpose_name *ret, bool *ret_found,
			    struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_NAME_OF_FLOW);
	store_bind_i64(q, 1, flow);
	enum status status = take_name(q, ret, ret_found, err);
	if (!status && *ret_found && !strcmp(ret->how, "http_host"))
		set_path(store_slice(q, 2), ret);
	sqlite3_reset(q);
	return status;
}

static enum status answered_name(struct store *store, const struct purpose_asked *asked, struct purpose_name *ret,
				 bool *ret_found, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_ANSWER_AT);
	store_bind_text(q, 1, asked->dst);
	store_bind_i64(q, 2, asked->time_ns);
	enum status status = take_name(q, ret, ret_found, err);
	if (!status && *ret_found)
		ret->shared = store_i64(q, 2) > 1;
	sqlite3_reset(q);
	return status;
}

static enum status neighbour_name(struct store *store, const struct purpose_asked *asked, struct purpose_name *ret,
				  bool *ret_found, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_NAME_OF_PLACE);
	store_bind_text(q, 1, asked->dst);
	if (asked->port >= 0)
		store_bind_i64(q, 2, asked->port);
	enum status status = take_name(q, ret, ret_found, err);
	if (!status && *ret_found)
		memcpy(ret->how, "other flow", sizeof "other flow");
	sqlite3_reset(q);
	return status;
}

enum status purpose_find_name(struct purposes *p, const struct purpose_asked *asked, struct purpose_name *ret,
			      struct error *err)
{
	bool found = false;
	enum status status = OK;
	ret->name[0] = ret->how[0] = ret->path[0] = 0;
	ret->shared = false;
	if (asked->flow && p->names)
		status = own_name(p->store, asked->flow, ret, &found, err);
	if (!status && !found && p->answers)
		status = answered_name(p->store, asked, ret, &found, err);
	if (!status && !found && !asked->local && p->names)
		status = neighbour_name(p->store, asked, ret, &found, err);
	if (!status && !found)
		ret->name[0] = ret->how[0] = 0;
	return status;
}

static bool is_one_of(const char *word, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(word, list[i]))
			return true;
	return false;
}

/* A proxy is asked for a host; the port of the connection is the proxy's own. */
static bool is_proxied(const struct purpose_name *name)
{
	static const char *const ways[] = {"http_connect", "proxy", "socks"};
	return is_one_of(name->how, ways, LENGTH(ways));
}

/* No surer than what its name is known by. */
static const char *confidence_of(const struct endpoint *rule, const struct purpose_name *name)
{
	static const char *const words[] = {"low", "medium", "high"}, *const unsure[] = {"lookup", "log", "other flow"};
	size_t level = slice_is(rule->confidence, "high") ? 2 : slice_is(rule->confidence, "medium") ? 1 : 0;
	size_t most = !is_one_of(name->how, unsure, LENGTH(unsure)) ? 2 : name->shared || !strcmp(name->how, "other flow") ? 0 : 1;
	return words[rule->where == ENDPOINT_NAMED && most < level ? most : level];
}

struct purpose purpose_of(const struct purposes *p, const struct purpose_asked *asked, const struct purpose_name *name)
{
	struct endpoint_asked e = {
		.host = slice_of_string(name->name),
		.path = slice_of_string(name->path),
		.port = !is_proxied(name) && asked->port > 0 && asked->port <= 65535 ? (unsigned)asked->port : 0,
		.local = asked->local,
	};
	if (asked->line) {
		e.browser = asked->line->browser;
		e.programs = asked->line->names;
		e.program_count = asked->line->count;
	}
	const struct endpoint *rule = endpoints_find(p->rules, &e);
	struct purpose ret = {.vector = "unclassified", .confidence = "high", .browser = e.browser};
	if (rule)
		ret = (struct purpose){endpoint_vector_name(rule->vector), confidence_of(rule, name), e.browser, rule->rule};
	return ret;
}

void purpose_bind(sqlite3_stmt *q, int at, const struct purpose *purpose)
{
	bool decided = purpose->rule.size > 0;
	store_bind_text(q, at, purpose->vector);
	if (decided)
		store_bind_slice(q, at + 1, purpose->rule);
	/* that nothing is known is no statement that could be more or less sure */
	store_bind_text(q, at + 2, decided ? purpose->confidence : NULL);
}

void purpose_bind_all(sqlite3_stmt *q, int at, const struct purpose *purpose, const struct purpose_name *name)
{
	purpose_bind(q, at, purpose);
	store_bind_text(q, at + 3, name->name[0] ? name->name : NULL);
	store_bind_text(q, at + 4, name->name[0] ? name->how : NULL);
	store_bind_text(q, at + 5, purpose->browser);
}
