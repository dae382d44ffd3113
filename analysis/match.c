/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An application's log against the machine: each entry takes the nearest attempt
 * that is still free. What an entry says and what happened then give the outcome.
 */
#include "analysis/steps.h"

#include "core/clock.h"

#include <string.h>

enum { WINDOW_S = 5 /* how far a log's time may lie from the machine's */ };

struct entry {
	int64_t id, time_ns, port, pid;
	int64_t slack_ns; /* what a guessed zone may have put its time off by */
	bool port_known, blocked, allowed;
	char host[1024], proto[16];
};

static enum status next_entry(struct store *store, struct entry *e, bool *ret_more,
			      struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_MATCH_EVENT_NEXT);
	store_bind_i64(q, 1, e->time_ns);
	store_bind_i64(q, 2, e->id);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more) {
		e->id = store_i64(q, 0);
		e->time_ns = store_i64(q, 1);
		slice_to_string(store_slice(q, 2), e->host, sizeof e->host);
		e->port_known = !store_is_null(q, 3);
		e->port = store_i64(q, 3);
		slice_to_string(store_slice(q, 4), e->proto, sizeof e->proto);
		e->blocked = !strcmp(store_text(q, 5), "blocked");
		e->allowed = !strcmp(store_text(q, 5), "allowed");
		e->pid = store_i64(q, 6);
		e->slack_ns = store_i64(q, 7);
	}
	sqlite3_reset(q);
	return status;
}

/* A connection that was made, or a packet that was seen leaving. */
static bool happened(sqlite3_stmt *q)
{
	return !strcmp(store_text(q, 2), "ok") || store_i64(q, 3) || store_i64(q, 5) > 0;
}

static bool was_stopped(sqlite3_stmt *q)
{
	return !strcmp(store_text(q, 2), "denied") && !store_i64(q, 3) && store_i64(q, 5) == 0;
}

/* As near as the times of any log must be. */
static bool is_near(int64_t offset_ns)
{
	return offset_ns >= -WINDOW_S * CLOCK_SECOND && offset_ns <= WINDOW_S * CLOCK_SECOND;
}

static enum status find_attempt(struct store *store, const struct entry *e, int64_t *ret_attempt,
				int64_t *ret_offset, const char **ret_outcome, struct error *err)
{
	bool found;
	sqlite3_stmt *q = store_query(store, QUERY_MATCH_ATTEMPT);
	store_bind_i64(q, 2, e->time_ns);
	store_bind_text(q, 3, e->host);
	if (e->port_known)
		store_bind_i64(q, 4, e->port);
	store_bind_text(q, 5, e->proto);
	store_bind_i64(q, 6, e->pid);
	store_bind_i64(q, 7, WINDOW_S * CLOCK_SECOND + e->slack_ns);
	enum status status = store_step(q, &found, err);
	*ret_attempt = 0;
	*ret_outcome = "unobserved";
	if (!status && found) {
		bool lie = e->blocked ? happened(q) : e->allowed && was_stopped(q);
		int64_t offset = e->time_ns - store_i64(q, 1);
		/* nobody is called a liar on a guess; check_log_time tells of the others */
		if (!lie || is_near(offset)) {
			*ret_attempt = store_i64(q, 0);
			*ret_offset = offset;
			*ret_outcome = lie ? "contradicted" : "confirmed";
		}
	}
	sqlite3_reset(q);
	return status;
}

static enum status match_entry(struct store *store, const struct entry *e, struct error *err)
{
	int64_t attempt, offset = 0;
	const char *outcome;
	enum status status = find_attempt(store, e, &attempt, &offset, &outcome, err);
	if (status)
		return status;
	sqlite3_stmt *q = store_query(store, QUERY_MATCH_INSERT);
	store_bind_text(q, 1, outcome);
	if (attempt) {
		store_bind_i64(q, 2, attempt);
		store_bind_i64(q, 4, offset);
	}
	store_bind_i64(q, 3, e->id);
	return store_run(q, err);
}

enum status match(struct store *store, struct error *err)
{
	static const enum query rest[] = {QUERY_MATCH_UNREPORTED, QUERY_MATCH_UNATTRIBUTED};
	struct entry e = {.time_ns = INT64_MIN};
	bool more = true;
	enum status status = OK;
	while (!status && more) {
		status = next_entry(store, &e, &more, err);
		if (!status && more)
			status = match_entry(store, &e, err);
	}
	return status ? status : steps_run(store, rest, LENGTH(rest), err);
}
