/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Batches of rows into the store. They come from a process that read foreign bytes
 * and may have been taken over by them: it may add to its own file's rows and to
 * nothing else.
 */
#include "ingest/row.h"

enum {
	VALUES_MAX = 64,
	EVIDENCE = ROW_WRITES_EVIDENCE,
	CAPTURE = ROW_WRITES_CAPTURE,
	TRACE = ROW_WRITES_TRACE,
	POSTURE = ROW_WRITES_POSTURE,
	BENCHMARK = ROW_WRITES_BENCHMARK,
	ANY = ROW_WRITES_CAPTURE | ROW_WRITES_EVIDENCE | ROW_WRITES_SESSION | ROW_WRITES_LOG |
	      ROW_WRITES_SOCKETS | ROW_WRITES_TRACE | ROW_WRITES_CHALLENGE | ROW_WRITES_POSTURE |
	      ROW_WRITES_BENCHMARK | ROW_WRITES_PAST | ROW_WRITES_AUDIT,
};

/* Whose a value must be. */
enum own {
	OWN_NOTHING,
	OWN_SOURCE,
	OWN_LOG,
	OWN_FLOW,
	OWN_DNS,
	OWN_ATTEMPT,
	OWN_PROCESS,
	IS_TIME, /* nobody's: the time of a row that counts */
};

static const struct allowed {
	enum query query;
	unsigned who;
	struct {
		int at;
		enum own whose;
	} own[3];
} statements[] = {
	{QUERY_TRACE_ATTEMPT_INSERT, TRACE, {{14, OWN_SOURCE}, {16, OWN_ATTEMPT}, {1, IS_TIME}}},
	{QUERY_ETW_ATTEMPT_INSERT, EVIDENCE, {{14, OWN_SOURCE}, {16, OWN_ATTEMPT}, {1, IS_TIME}}},
	{QUERY_TRACE_ATTEMPT_PROCESS, EVIDENCE | TRACE, {{1, OWN_ATTEMPT}, {2, OWN_PROCESS}}},
	{QUERY_FLOW_INSERT, CAPTURE, {{1, OWN_FLOW}, {2, OWN_SOURCE}, {8, IS_TIME}}},
	{QUERY_NAME_INSERT, CAPTURE, {{1, OWN_FLOW}}},
	{QUERY_DNS_INSERT, CAPTURE | EVIDENCE | TRACE, {{1, OWN_SOURCE}, {16, OWN_DNS}, {2, IS_TIME}}},
	{QUERY_DNS_ANSWER, CAPTURE | EVIDENCE | TRACE, {{1, OWN_DNS}}},
	{QUERY_DNS_PROCESS, EVIDENCE, {{1, OWN_DNS}}},
	{QUERY_CAPTURE_SPAN, CAPTURE, {{1, OWN_SOURCE}}},
	{QUERY_CAPTURE_HOST_INSERT, CAPTURE, {{1, OWN_SOURCE}}},
	{QUERY_SKIP_ADD, ANY, {{1, OWN_SOURCE}}},
	{QUERY_APP_EVENT_INSERT, ROW_WRITES_LOG, {{1, OWN_LOG}, {3, IS_TIME}}},
	{QUERY_APP_LOG_COUNTS, ROW_WRITES_LOG, {{1, OWN_LOG}}},
	{QUERY_SESSION_SET, ROW_WRITES_SESSION | EVIDENCE, {{0}}},
	{QUERY_CHECKPOINT_INSERT, EVIDENCE, {{1, OWN_SOURCE}}},
	{QUERY_PROCESS_INSERT, EVIDENCE | TRACE, {{10, OWN_PROCESS}, {9, IS_TIME}}},
	{QUERY_PROCESS_END, EVIDENCE | TRACE, {{1, OWN_PROCESS}}},
	{QUERY_PROCESS_INHERIT, EVIDENCE, {{1, OWN_PROCESS}, {2, OWN_PROCESS}}},
	{QUERY_IMAGE_INSERT, EVIDENCE, {{0}}},
	{QUERY_ATTEMPT_INSERT, EVIDENCE, {{23, OWN_SOURCE}, {25, OWN_ATTEMPT}, {1, IS_TIME}}},
	{QUERY_ATTEMPT_UNIX, EVIDENCE, {{1, OWN_ATTEMPT}}},
	{QUERY_ATTEMPT_OUTCOME, EVIDENCE, {{1, OWN_ATTEMPT}}},
	{QUERY_ATTEMPT_COPY_PROCESS, EVIDENCE, {{1, OWN_ATTEMPT}, {2, OWN_ATTEMPT}}},
	{QUERY_ATTEMPT_SPORT, EVIDENCE, {{1, OWN_ATTEMPT}}},
	{QUERY_ATTEMPT_BYTES, EVIDENCE, {{1, OWN_ATTEMPT}}},
	{QUERY_ATTEMPT_LEFT, EVIDENCE, {{1, OWN_ATTEMPT}}},
	{QUERY_EGRESS_INSERT, EVIDENCE, {{12, OWN_SOURCE}, {1, IS_TIME}}},
	{QUERY_WITNESS_SET, EVIDENCE, {{0}}},
	{QUERY_WITNESS_PART, EVIDENCE, {{0}}},
	{QUERY_CANARY_INSERT, EVIDENCE, {{0}}},
	{QUERY_TOOL_RUN_INSERT, EVIDENCE, {{0}}},
	{QUERY_APP_LOG_INSERT, EVIDENCE, {{0}}},
	{QUERY_HOST_ADDRESS_INSERT, EVIDENCE, {{0}}},
	{QUERY_HOST_ROLE_INSERT, EVIDENCE, {{0}}},
	{QUERY_LEFT_INSERT, EVIDENCE, {{0}}},
	{QUERY_LATER_INSERT, EVIDENCE, {{0}}},
	{QUERY_SOCKET_INSERT, EVIDENCE, {{0}}},
	{QUERY_SOCKET_GIVEN, ROW_WRITES_SOCKETS, {{11, OWN_SOURCE}, {1, IS_TIME}}},
	{QUERY_LOSS_INSERT, EVIDENCE, {{0}}},
	{QUERY_ISOLATION_PROOF_INSERT, EVIDENCE, {{0}}},
	{QUERY_ISOLATION_LOOK_INSERT, EVIDENCE, {{0}}},
	{QUERY_ISOLATION_OPEN_INSERT, EVIDENCE, {{0}}},
	{QUERY_CARRIED_INSERT, EVIDENCE, {{0}}},
	{QUERY_CHALLENGE_INSERT, ROW_WRITES_CHALLENGE, {{14, OWN_SOURCE}, {8, IS_TIME}}},
	{QUERY_POSTURE_ITEM_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_POSTURE_FACT_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_POSTURE_DOUBT_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_POSTURE_LISTENER_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_POSTURE_CHAIN_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_POSTURE_RULE_INSERT, POSTURE, {{1, OWN_SOURCE}}},
	{QUERY_BENCH_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_END_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_MACHINE_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_GPU_INSERT, BENCHMARK, {{1, OWN_SOURCE}}},
	{QUERY_BENCH_SERVER_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_MODEL_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_PUBLISHED_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_PROOF_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_LOADED_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_SPEED_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_ANSWER_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_BENCH_ENERGY_INSERT, BENCHMARK, {{1, OWN_SOURCE}, {3, IS_TIME}}},
	{QUERY_PAST_SEARCH_INSERT, ROW_WRITES_PAST, {{1, OWN_SOURCE}}},
	{QUERY_PAST_INSERT, ROW_WRITES_PAST, {{1, OWN_SOURCE}}},
	{QUERY_PAST_DESTINATION_INSERT, ROW_WRITES_PAST, {{1, OWN_SOURCE}}},
	{QUERY_AUDIT_RUN_INSERT, ROW_WRITES_AUDIT, {{1, OWN_SOURCE}}},
	{QUERY_AUDIT_KNOWN_INSERT, ROW_WRITES_AUDIT, {{1, OWN_SOURCE}}},
	{QUERY_AUDIT_FACT_INSERT, ROW_WRITES_AUDIT, {{1, OWN_SOURCE}}},
	{QUERY_AUDIT_LOG_INSERT, ROW_WRITES_AUDIT, {{1, OWN_SOURCE}}},
	{QUERY_AUDIT_PIECE_INSERT, ROW_WRITES_AUDIT, {{1, OWN_SOURCE}}},
};

static const struct allowed *find(const struct row_rights *rights, unsigned query)
{
	for (size_t i = 0; i < LENGTH(statements); i++)
		if ((unsigned)statements[i].query == query)
			return (statements[i].who & rights->writes) ? &statements[i] : NULL;
	return NULL;
}

static bool owns(const struct row_rights *rights, enum own whose, int64_t id)
{
	switch (whose) {
	case OWN_NOTHING:
	case IS_TIME:
		return true;
	case OWN_SOURCE:
		return id == rights->source;
	case OWN_LOG:
		return id == rights->app_log;
	case OWN_FLOW:
		return id >= rights->flow;
	case OWN_DNS:
		return id >= rights->dns;
	case OWN_ATTEMPT:
		return id >= rights->attempt;
	case OWN_PROCESS:
		return id >= rights->process;
	}
	return false;
}

/* Which of the columns that something is known of stands at that position; -1: none. */
static int known_at(const struct allowed *a, int at)
{
	for (size_t i = 0; i < LENGTH(a->own); i++)
		if (a->own[i].whose != OWN_NOTHING && a->own[i].at == at)
			return (int)i;
	return -1;
}

static unsigned all_owned(const struct allowed *a)
{
	unsigned mask = 0;
	for (size_t i = 0; i < LENGTH(a->own); i++)
		mask |= a->own[i].whose != OWN_NOTHING && a->own[i].whose != IS_TIME ? 1U << i : 0;
	return mask;
}

static void count_row(struct row_tally *t, int64_t time_ns)
{
	t->rows++;
	if (time_ns == 0)
		return;
	if (t->first_ns == 0 || time_ns < t->first_ns)
		t->first_ns = time_ns;
	if (t->last_ns == 0 || time_ns > t->last_ns)
		t->last_ns = time_ns;
}

/* The columns that say whose a row is must be there, as numbers; `given` marks them. */
static bool bind_value(struct cursor *c, const struct row_rights *rights, const struct allowed *a,
		       sqlite3_stmt *q, int columns, unsigned *given, struct row_tally *tally)
{
	int at = cursor_u8(c);
	unsigned type = cursor_u8(c);
	int known = known_at(a, at);
	enum own whose = known >= 0 ? a->own[known].whose : OWN_NOTHING;
	if (at < 1 || at > columns)
		return false;
	if (type == 'i') {
		int64_t value = (int64_t)cursor_le64(c);
		if (!owns(rights, whose, value))
			return false;
		if (whose == IS_TIME)
			count_row(tally, value);
		else if (known >= 0)
			*given |= 1U << known;
		store_bind_i64(q, at, value);
		return !c->short_read;
	}
	struct slice text = cursor_take(c, cursor_le32(c));
	if (type != 't' || known >= 0 || c->short_read)
		return false;
	store_bind_slice(q, at, text);
	return true;
}

static enum status apply_row(struct store *store, const struct row_rights *rights, struct cursor c,
			     struct row_tally *tally, struct error *err)
{
	unsigned query = cursor_le16(&c), values = cursor_le16(&c), given = 0;
	const struct allowed *a = find(rights, query);
	if (c.short_read || !a || values > VALUES_MAX)
		return fail(err, ERR_MALFORMED, "the decoder wrote a row that it may not write");
	sqlite3_stmt *q = store_query(store, a->query);
	int columns = sqlite3_bind_parameter_count(q);
	bool good = true;
	for (unsigned i = 0; i < values && good; i++)
		good = bind_value(&c, rights, a, q, columns, &given, tally);
	if (!good || cursor_left(&c) > 0 || given != all_owned(a))
		return fail(err, ERR_MALFORMED, "the decoder wrote a row of %s that is wrong",
			    store_query_name(a->query));
	return store_run(q, err);
}

enum status row_apply(struct store *store, const struct row_rights *rights, struct slice batch,
		      struct row_tally *tally, struct error *err)
{
	struct cursor c = cursor_over(batch);
	enum status status = OK;
	while (cursor_left(&c) > 0 && !status) {
		struct cursor row = cursor_child(&c, cursor_le32(&c));
		if (c.short_read)
			return fail(err, ERR_MALFORMED, "the decoder wrote a row that is cut off");
		status = apply_row(store, rights, row, tally, err);
	}
	return status;
}
