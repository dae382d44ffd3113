/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of this build and of the site, and what each row of the evidence was for by
 * them (purpose.h). What stays on the machine is judged by its port alone, all at once.
 */
#include "analysis/purpose.h"
#include "analysis/steps.h"
#include "core/text.h"

#include <string.h>

static enum status load_files(struct purposes *p, struct error *err)
{
	AUTO_TEXT struct text name = text_make(ENDPOINTS_NAME_MAX);
	bool more = true;
	int64_t id = 0;
	enum status status = OK;
	while (!status && more) {
		sqlite3_stmt *q = store_query(p->store, QUERY_ENDPOINT_FILE_NEXT);
		store_bind_i64(q, 1, id);
		status = store_step(q, &more, err);
		if (!status && more) {
			id = store_i64(q, 0);
			text_clear(&name);
			text_add(&name, store_slice(q, 1));
			status = endpoints_add(p->rules, store_slice(q, 2), text_string(&name), err);
		}
		sqlite3_reset(q);
	}
	return status;
}

static enum status write_rule(struct purposes *p, size_t n, struct error *err)
{
	const struct endpoint *e = endpoints_at(p->rules, n);
	sqlite3_stmt *q = store_query(p->store, QUERY_ENDPOINT_INSERT);
	store_bind_slice(q, 1, e->rule);
	store_bind_text(q, 2, endpoints_origin(p->rules, n));
	store_bind_slice(q, 3, e->product);
	store_bind_slice(q, 4, e->where == ENDPOINT_LOCAL ? SLICE("@local") : e->suffix);
	store_bind_i64(q, 5, e->port);
	store_bind_slice(q, 6, e->process);
	store_bind_slice(q, 7, e->path);
	store_bind_slice(q, 8, e->vector);
	store_bind_slice(q, 9, e->confidence);
	store_bind_slice(q, 10, e->off_switch);
	return store_run(q, err);
}

static enum status set_local_port(struct purposes *p, int64_t port, struct error *err)
{
	struct purpose_name name = {0};
	struct purpose_asked asked = {.port = port, .local = true};
	struct purpose purpose = purpose_of(p, &asked, &name);
	sqlite3_stmt *q = store_query(p->store, port < 0 ? QUERY_VECTOR_LOCAL : QUERY_LOCAL_PORT_INSERT);
	if (port >= 0)
		store_bind_i64(q, 1, port);
	purpose_bind(q, port < 0 ? 1 : 2, &purpose);
	return store_run(q, err);
}

static enum status judge_local(struct purposes *p, struct error *err)
{
	int64_t port = 0;
	bool more = true;
	enum status status = store_run(store_query(p->store, QUERY_LOCAL_PORT_RESET), err);
	while (!status && more) {
		sqlite3_stmt *q = store_query(p->store, QUERY_LOCAL_PORT_NEXT);
		store_bind_i64(q, 1, port);
		status = store_step(q, &more, err);
		port = !status && more ? store_i64(q, 0) : 0;
		sqlite3_reset(q);
		if (!status && more)
			status = set_local_port(p, port, err);
	}
	return status ? status : set_local_port(p, -1, err);
}

static bool is_allowed(const struct policy *policy, sqlite3_stmt *row, int64_t port)
{
	struct address dst = {0};
	char proto[16];
	if (!store_i64(row, 7) || !address_parse(store_slice(row, 1), &dst))
		dst = (struct address){0};
	slice_to_string(store_slice(row, 3), proto, sizeof proto);
	return store_i64(row, 7) && policy_allows(policy, &dst, port > 0 && port <= 65535 ? (unsigned)port : 0, proto);
}

static enum status judge_attempt(struct purposes *p, const struct policy *policy, sqlite3_stmt *row,
				 struct purpose_name *name, struct error *err)
{
	const struct lineage *line;
	char dst[ADDRESS_TEXT_MAX + 64];
	slice_to_string(store_slice(row, 1), dst, sizeof dst);
	enum status status = lineages_find(p->lineages, store_i64(row, 5), store_slice(row, 6), &line, err);
	struct purpose_asked asked = {store_i64(row, 8), dst, store_i64(row, 2), store_i64(row, 4), false, line};
	if (!status)
		status = purpose_find_name(p, &asked, name, err);
	if (status)
		return status;
	struct purpose purpose = purpose_of(p, &asked, name);
	sqlite3_stmt *q = store_query(p->store, QUERY_VECTOR_ATTEMPT);
	store_bind_i64(q, 1, store_i64(row, 0));
	purpose_bind_all(q, 2, &purpose, name);
	store_bind_i64(q, 8, is_allowed(policy, row, asked.port));
	return store_run(q, err);
}

/* The rows that are stepped through are changed, but for what they are found by. */
static enum status judge_attempts(struct purposes *p, const struct policy *policy, struct error *err)
{
	struct purpose_name name;
	bool more = true;
	sqlite3_stmt *q = store_query(p->store, QUERY_LEAVING_EACH);
	enum status status = OK;
	while (!status && !(status = store_step(q, &more, err)) && more)
		status = judge_attempt(p, policy, q, &name, err);
	sqlite3_reset(q);
	return status;
}

static enum status prepare(struct purposes *p, struct error *err)
{
	static const enum query first[] = {QUERY_ANSWER_RESET, QUERY_ANSWER_FILL, QUERY_ANSWER_LOGS};
	int64_t answers = 0;
	enum status status = load_files(p, err);
	for (size_t i = 0; i < endpoints_count(p->rules) && !status; i++)
		status = write_rule(p, i, err);
	if (!status)
		status = steps_run(p->store, first, LENGTH(first), err);
	if (!status)
		status = store_number(store_query(p->store, QUERY_ANSWER_ANY), &answers, err);
	p->answers = answers > 0;
	return status;
}

enum status vectors(struct store *store, const struct policy *policy, struct error *err)
{
	struct purposes p = {.store = store, .rules = endpoints_new(), .lineages = lineages_new(store)};
	enum status status = prepare(&p, err);
	if (!status)
		status = judge_local(&p, err);
	if (!status)
		status = judge_attempts(&p, policy, err);
	if (!status)
		status = store_run(store_query(store, QUERY_VECTOR_FLOW), err);
	if (!status)
		status = purpose_of_flows(&p, err);
	if (!status)
		status = purpose_of_lookups(&p, err);
	if (!status)
		status = purpose_of_logs(&p, err);
	lineages_free(p.lineages);
	endpoints_free(p.rules);
	return status;
}
