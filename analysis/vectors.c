/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an attempt was for, by the name of its destination: the longest suffix that
 * schema/endpoints.tsv knows. What it does not know is unclassified. All attempts to
 * one place are judged at once; a name that an attempt's own packets showed goes
 * before that of the place.
 */
#include "analysis/endpoint.h"
#include "analysis/steps.h"

#include <string.h>

enum { NAME_MAX_BYTES = 1024, PROTO_MAX_BYTES = 32 };

struct place {
	char dst[ADDRESS_TEXT_MAX + 64], proto[PROTO_MAX_BYTES], name[NAME_MAX_BYTES];
	int64_t port; /* -1: none */
};

static unsigned port_of(int64_t port)
{
	return port > 0 && port <= 65535 ? (unsigned)port : 0;
}

/* The places are in the order of their addresses: each is looked up once. */
static enum status find_name(struct store *store, struct place *p, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_LEAVING_NAME);
	store_bind_text(q, 1, p->dst);
	enum status status = store_step(q, &row, err);
	if (!status && row)
		slice_to_string(store_slice(q, 0), p->name, sizeof p->name);
	sqlite3_reset(q);
	return status;
}

static enum status next_place(struct store *store, struct place *p, bool *ret_more,
			      struct error *err)
{
	struct place before = *p;
	sqlite3_stmt *q = store_query(store, QUERY_LEAVING_NEXT);
	store_bind_text(q, 1, before.dst);
	store_bind_i64(q, 2, before.port);
	store_bind_text(q, 3, before.proto);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more) {
		p->port = store_i64(q, 1);
		if (!slice_to_string(store_slice(q, 0), p->dst, sizeof p->dst) ||
		    !slice_to_string(store_slice(q, 2), p->proto, sizeof p->proto))
			status = fail(err, ERR_STORE, "a destination longer than any address");
	}
	sqlite3_reset(q);
	if (!status && *ret_more && (strcmp(p->dst, before.dst) != 0 || before.port == INT64_MIN))
		status = find_name(store, p, err);
	return status;
}

static enum status judge_place(struct store *store, const struct policy *policy,
			       const struct place *p, struct error *err)
{
	struct address dst = {0};
	if (!address_parse(slice_of_string(p->dst), &dst))
		dst = (struct address){0};
	sqlite3_stmt *q = store_query(store, QUERY_VECTOR_DESTINATION);
	store_bind_text(q, 1, p->dst);
	store_bind_i64(q, 2, p->port);
	store_bind_text(q, 3, p->proto);
	store_bind_text(q, 4, endpoint_vector(p->name, port_of(p->port)));
	store_bind_i64(q, 5, policy_allows(policy, &dst, port_of(p->port), p->proto) != NULL);
	return store_run(q, err);
}

static enum status set_vector(struct store *store, int64_t id, const char *vector, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_VECTOR_ATTEMPT);
	store_bind_i64(q, 1, id);
	store_bind_text(q, 2, vector);
	return store_run(q, err);
}

static enum status use_own_names(struct store *store, struct error *err)
{
	int64_t at = INT64_MAX, attempt = 0, port = 0;
	char name[NAME_MAX_BYTES];
	bool more = true;
	enum status status = OK;
	while (!status && more) {
		sqlite3_stmt *q = store_query(store, QUERY_LEAVING_NAMED);
		store_bind_i64(q, 1, at);
		status = store_step(q, &more, err);
		if (!status && more) {
			at = store_i64(q, 0);
			slice_to_string(store_slice(q, 1), name, sizeof name);
			attempt = store_i64(q, 2);
			port = store_i64(q, 3);
		}
		sqlite3_reset(q);
		if (!status && more)
			status = set_vector(store, attempt, endpoint_vector(name, port_of(port)), err);
	}
	return status;
}

enum status vectors(struct store *store, const struct policy *policy, struct error *err)
{
	static const enum query rest[] = {QUERY_VECTOR_FLOW, QUERY_VECTOR_DNS};
	struct place p = {.port = INT64_MIN};
	bool more = true;
	enum status status = OK;
	while (!status && more) {
		status = next_place(store, &p, &more, err);
		if (!status && more)
			status = judge_place(store, policy, &p, err);
	}
	if (!status)
		status = use_own_names(store, err);
	return status ? status : steps_run(store, rest, LENGTH(rest), err);
}
