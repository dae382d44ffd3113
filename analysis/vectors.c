/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of this build and of the site, and what each row of the evidence was for by
 * them (purpose.h).
 */
#include "analysis/attempts.h"
#include "analysis/kept_files.h"
#include "analysis/steps.h"
#include "core/text.h"

static enum status add_file(void *rules, struct slice text, const char *name, struct error *err)
{
	return endpoints_add(rules, text, name, err);
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

static enum status prepare(struct purposes *p, struct error *err)
{
	static const enum query first[] = {QUERY_ANSWER_RESET, QUERY_ANSWER_FILL, QUERY_ANSWER_LOGS};
	int64_t answers = 0, names = 0;
	enum status status = kept_files_each(p->store, QUERY_ENDPOINT_FILE_NEXT, add_file, p->rules, err);
	for (size_t i = 0; i < endpoints_count(p->rules) && !status; i++)
		status = write_rule(p, i, err);
	if (!status)
		status = steps_run(p->store, first, LENGTH(first), err);
	if (!status)
		status = store_number(store_query(p->store, QUERY_ANSWER_ANY), &answers, err);
	if (!status)
		status = store_number(store_query(p->store, QUERY_NAME_ANY), &names, err);
	p->answers = answers > 0;
	p->names = names > 0;
	return status;
}

enum status vectors(struct store *store, const struct policy *policy, struct error *err)
{
	struct purposes p = {.store = store, .rules = endpoints_new(), .lineages = lineages_new(store)};
	enum status status = prepare(&p, err);
	if (!status)
		status = attempts_judge(&p, policy, err);
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
