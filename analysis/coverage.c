/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between two sets of canaries that a witness reported, with its loss counter
 * still, it is shown to have seen; with the counter moved, it lost something;
 * without the canaries, it was blind. Nothing is claimed outside of the sets.
 */
#include "analysis/steps.h"

struct canary_round {
	int64_t number, from_ns, to_ns, made, seen;
};

static enum status next_round(struct store *store, const char *witness, struct canary_round *r,
			      bool *ret_more, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_COVERAGE_ROUND_NEXT);
	store_bind_text(q, 1, witness);
	store_bind_i64(q, 2, r->number);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more)
		*r = (struct canary_round){store_i64(q, 0), store_i64(q, 1), store_i64(q, 2),
					   store_i64(q, 3), store_i64(q, 4)};
	sqlite3_reset(q);
	return status;
}

static enum status add_span(struct store *store, const char *witness, const struct canary_round *a,
			    const struct canary_round *b, struct error *err)
{
	int64_t lost = 0;
	bool seen = a->made && b->made && a->seen == a->made && b->seen == b->made;
	sqlite3_stmt *q = store_query(store, QUERY_COVERAGE_LOST);
	store_bind_text(q, 1, witness);
	store_bind_i64(q, 2, a->from_ns);
	store_bind_i64(q, 3, b->to_ns);
	enum status status = store_number(q, &lost, err);
	if (status)
		return status;
	q = store_query(store, QUERY_COVERAGE_INSERT);
	store_bind_text(q, 1, witness);
	store_bind_i64(q, 2, a->from_ns);
	store_bind_i64(q, 3, b->to_ns);
	store_bind_text(q, 4, lost > 0 ? "lost" : seen ? "seeing" : "blind");
	store_bind_i64(q, 5, lost > 0 ? lost : 0);
	return store_run(q, err);
}

static enum status cover(struct store *store, const char *witness, struct error *err)
{
	struct canary_round last = {0}, round = {0};
	bool more;
	enum status status = next_round(store, witness, &round, &more, err);
	while (!status && more) {
		last = round;
		status = next_round(store, witness, &round, &more, err);
		if (!status && more)
			status = add_span(store, witness, &last, &round, err);
	}
	return status;
}

enum status coverage(struct store *store, struct error *err)
{
	static const enum query seen[] = {QUERY_SEEN_KERNEL, QUERY_SEEN_PACKETS, QUERY_SEEN_SOCK_DIAG,
					  QUERY_SEEN_ETW, QUERY_SEEN_SOCKET_TABLES, QUERY_SEEN_SECCOMP,
					  QUERY_SEEN_ISOLATION};
	char name[64] = "";
	bool row = true;
	enum status status = steps_run(store, seen, LENGTH(seen), err);
	while (!status && row) {
		char before[sizeof name];
		slice_to_string(slice_of_string(name), before, sizeof before);
		sqlite3_stmt *q = store_query(store, QUERY_COVERAGE_WITNESS_NEXT);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		if (!status && row && !slice_to_string(store_slice(q, 0), name, sizeof name))
			status = fail(err, ERR_STORE, "a witness with a name longer than %zu bytes",
				      sizeof name - 1);
		sqlite3_reset(q);
		if (!status && row)
			status = cover(store, name, err);
	}
	return status;
}
