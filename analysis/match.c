/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The logs that must agree against the attempts: one log after the other, each held
 * against all that was seen, as two logs may tell of the same connection.
 */
#include "analysis/match.h"
#include "analysis/steps.h"

static const char *confidence(const struct match_clock *c)
{
	if (c->state == CLOCK_UNKNOWN)
		return "none";
	if (!c->sure || c->pairs < 3)
		return "low";
	return c->pairs < 8 ? "medium" : "high";
}

static enum status set_clock(struct match *m, const struct match_log *log, struct error *err)
{
	static const char *const states[] = {"unknown", "agrees", "shifted"};
	const struct match_clock *c = &log->clock;
	sqlite3_stmt *q = store_query(m->store, QUERY_MATCH_CLOCK_SET);
	store_bind_i64(q, 1, log->id);
	store_bind_text(q, 2, states[c->state]);
	if (c->state != CLOCK_UNKNOWN) {
		store_bind_i64(q, 3, c->offset_ns);
		store_bind_i64(q, 4, c->drift_ppb);
		store_bind_i64(q, 5, c->spread_ns);
	}
	store_bind_i64(q, 6, c->pairs);
	store_bind_i64(q, 7, c->compared);
	store_bind_text(q, 8, confidence(c));
	return store_run(q, err);
}

static enum status match_logs(struct match *m, struct error *err)
{
	enum status status = match_load(m, err);
	for (size_t i = 0; i < m->log_count && !status; i++) {
		match_clock(m, &m->logs[i]);
		status = match_pair(m, &m->logs[i], err);
		if (!status)
			status = set_clock(m, &m->logs[i], err);
	}
	return status ? status : match_rest(m, err);
}

enum status match(struct store *store, struct error *err)
{
	static const enum query rest[] = {QUERY_MATCH_UNATTRIBUTED};
	struct match m = {.store = store};
	enum status status = match_logs(&m, err);
	match_free(&m);
	return status ? status : steps_run(store, rest, LENGTH(rest), err);
}
