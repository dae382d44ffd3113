/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an attempt was for, by the name of its destination: the longest suffix that
 * schema/endpoints.tsv knows. What it does not know is unclassified.
 */
#include "analysis/endpoint.h"
#include "analysis/steps.h"

#include <string.h>

struct leaving {
	int64_t id;
	struct address dst;
	unsigned port;
	char proto[16], name[1024];
};

static enum status next_leaving(struct store *store, struct leaving *l, bool *ret_more,
				struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_LEAVING_NEXT);
	store_bind_i64(q, 1, l->id);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more) {
		l->id = store_i64(q, 0);
		if (!address_parse(store_slice(q, 1), &l->dst))
			l->dst = (struct address){0};
		l->port = (unsigned)store_i64(q, 2);
		slice_to_string(store_slice(q, 3), l->proto, sizeof l->proto);
		slice_to_string(store_slice(q, 4), l->name, sizeof l->name);
	}
	sqlite3_reset(q);
	return status;
}

static enum status set_vector(struct store *store, int64_t id, const char *vector, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_VECTOR_ATTEMPT);
	store_bind_i64(q, 1, id);
	store_bind_text(q, 2, vector);
	return store_run(q, err);
}

static enum status judge_one(struct store *store, const struct policy *policy,
			     const struct leaving *l, struct error *err)
{
	enum status status = set_vector(store, l->id, endpoint_vector(l->name, l->port), err);
	if (status || !policy_allows(policy, &l->dst, l->port, l->proto))
		return status;
	sqlite3_stmt *q = store_query(store, QUERY_ALLOW_ATTEMPT);
	store_bind_i64(q, 1, l->id);
	return store_run(q, err);
}

enum status vectors(struct store *store, const struct policy *policy, struct error *err)
{
	static const enum query rest[] = {QUERY_VECTOR_FLOW, QUERY_VECTOR_DNS};
	struct leaving l = {0};
	bool more = true;
	enum status status = OK;
	while (!status && more) {
		status = next_leaving(store, &l, &more, err);
		if (!status && more)
			status = judge_one(store, policy, &l, err);
	}
	return status ? status : steps_run(store, rest, LENGTH(rest), err);
}
