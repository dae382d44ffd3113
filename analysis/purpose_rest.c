/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/purpose.h"

static enum status judge_flow(struct purposes *p, sqlite3_stmt *row, struct purpose_name *name, struct error *err)
{
	char dst[ADDRESS_TEXT_MAX + 64];
	bool local = store_i64(row, 5) != 0;
	slice_to_string(store_slice(row, 1), dst, sizeof dst);
	struct purpose_asked asked = {store_i64(row, 0), dst, store_i64(row, 2), store_i64(row, 3), local,
				      lineages_alone(p->lineages, store_slice(row, 4))};
	enum status status = purpose_find_name(p, &asked, name, err);
	if (status)
		return status;
	struct purpose purpose = purpose_of(p, &asked, name);
	sqlite3_stmt *q = store_query(p->store, QUERY_VECTOR_ONE_FLOW);
	store_bind_i64(q, 1, asked.flow);
	purpose_bind_all(q, 2, &purpose, name);
	return store_run(q, err);
}

enum status purpose_of_flows(struct purposes *p, struct error *err)
{
	struct purpose_name name;
	bool more = true;
	sqlite3_stmt *q = store_query(p->store, QUERY_FLOW_EACH);
	enum status status = OK;
	while (!status && !(status = store_step(q, &more, err)) && more)
		status = judge_flow(p, q, &name, err);
	sqlite3_reset(q);
	return status;
}

/* What a connection to the name would be for; the lookup itself is one. */
static enum status judge_name(struct purposes *p, const struct purpose_name *name, struct error *err)
{
	struct purpose_asked asked = {.port = -1};
	struct purpose purpose = purpose_of(p, &asked, name);
	if (!purpose.rule.size)
		return OK;
	sqlite3_stmt *q = store_query(p->store, QUERY_DNS_NAME_RULE);
	store_bind_text(q, 1, name->name);
	store_bind_slice(q, 2, purpose.rule);
	store_bind_text(q, 3, purpose.confidence);
	return store_run(q, err);
}

enum status purpose_of_lookups(struct purposes *p, struct error *err)
{
	struct purpose_name name = {0};
	bool more = true;
	enum status status = store_run(store_query(p->store, QUERY_VECTOR_DNS), err);
	while (!status && more) {
		struct purpose_name before = name;
		sqlite3_stmt *q = store_query(p->store, QUERY_DNS_NAME_NEXT);
		store_bind_text(q, 1, before.name);
		status = store_step(q, &more, err);
		if (!status && more && !slice_to_string(store_slice(q, 0), name.name, sizeof name.name))
			status = fail(err, ERR_STORE, "a name longer than %zu bytes", sizeof name.name - 1);
		sqlite3_reset(q);
		if (!status && more)
			status = judge_name(p, &name, err);
	}
	return status;
}

/* It stands as it was judged before. */
static bool entry_stands(sqlite3_stmt *row, const struct purpose *purpose)
{
	enum { CLASS = 6, CLASS_BEFORE, VECTOR, RULE, CONFIDENCE };
	bool decided = purpose->rule.size > 0;
	return store_is_null(row, CLASS) == store_is_null(row, CLASS_BEFORE) &&
	       slice_equal(store_slice(row, CLASS), store_slice(row, CLASS_BEFORE)) &&
	       slice_is(store_slice(row, VECTOR), purpose->vector) && store_is_null(row, RULE) == !decided &&
	       slice_equal(store_slice(row, RULE), purpose->rule) &&
	       (!decided || slice_is(store_slice(row, CONFIDENCE), purpose->confidence));
}

static enum status judge_entry(struct purposes *p, sqlite3_stmt *row, struct purpose_name *name, struct error *err)
{
	struct address a;
	char dst[ADDRESS_TEXT_MAX + 64];
	bool told = slice_to_string(store_slice(row, 1), name->name, sizeof name->name) && name->name[0];
	slice_to_string(store_slice(row, 2), dst, sizeof dst);
	bool local = slice_is(store_slice(row, 1), "localhost") ||
		     (address_parse(slice_of_string(dst), &a) && address_class(&a) == CLASS_LOOPBACK);
	struct purpose_asked asked = {0, dst, store_i64(row, 3), store_i64(row, 4), local,
				      lineages_alone(p->lineages, store_slice(row, 5))};
	name->how[0] = name->path[0] = 0;
	name->shared = false;
	enum status status = told ? OK : purpose_find_name(p, &asked, name, err);
	if (status)
		return status;
	struct purpose purpose = purpose_of(p, &asked, name);
	if (entry_stands(row, &purpose))
		return OK;
	sqlite3_stmt *q = store_query(p->store, QUERY_VECTOR_APP_EVENT);
	store_bind_i64(q, 1, store_i64(row, 0));
	purpose_bind(q, 2, &purpose);
	store_bind_text(q, 5, store_is_null(row, 6) ? NULL : store_text(row, 6));
	return store_run(q, err);
}

enum status purpose_of_logs(struct purposes *p, struct error *err)
{
	struct purpose_name name;
	bool more = true;
	sqlite3_stmt *q = store_query(p->store, QUERY_APP_EVENT_EACH);
	enum status status = OK;
	while (!status && !(status = store_step(q, &more, err)) && more)
		status = judge_entry(p, q, &name, err);
	sqlite3_reset(q);
	return status;
}
