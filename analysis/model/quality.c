/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The share of answers that were right, of each suite of a model and of its languages and
 * difficulties.
 */
#include "analysis/model/interval.h"
#include "analysis/model/models.h"
#include "analysis/model/pass_at.h"

#include <math.h>
#include <stdlib.h>

struct trials {
	struct trial *at; /* owned */
	size_t count, room;
	int64_t samples, passed, server_errors;
};

static void add_trial(struct trials *t, int64_t samples, int64_t passed, int64_t server_errors)
{
	t->samples += samples;
	t->passed += passed;
	t->server_errors += server_errors;
	if (samples == 0)
		return;
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : 64;
		t->at = must_realloc(t->at, t->room, sizeof *t->at);
	}
	t->at[t->count++] = (struct trial){(uint32_t)samples, (uint32_t)passed};
}

static enum status read_trials(struct store *store, sqlite3_stmt *group, struct trials *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_TRIALS);
	store_bind_i64(q, 1, store_i64(group, 0));
	for (int i = 1; i < 5; i++)
		store_bind_slice(q, i + 1, store_slice(group, i));
	while (!status && !(status = store_step(q, &row, err)) && row)
		add_trial(ret, store_i64(q, 0), store_i64(q, 1), store_i64(q, 2));
	sqlite3_reset(q);
	return status;
}

/* The mean over those tasks that have so many answers. */
static void bind_pass_at(sqlite3_stmt *q, int at, const struct trials *t, uint32_t k)
{
	double sum = 0;
	int64_t tasks = 0;
	for (size_t i = 0; i < t->count; i++) {
		if (t->at[i].samples < k)
			continue;
		sum += pass_at(t->at[i].samples, t->at[i].passed, k);
		tasks++;
	}
	store_bind_real(q, at, tasks ? sum / (double)tasks : NAN);
	store_bind_i64(q, at + 1, tasks);
}

static enum status write_group(struct store *store, sqlite3_stmt *group, const struct trials *t, struct error *err)
{
	const struct interval nothing = {NAN, NAN};
	struct interval wilson = t->count ? interval_wilson(t->at, t->count) : nothing;
	struct interval bootstrap = interval_bootstrap(t->at, t->count);
	bool suite = slice_is(store_slice(group, 3), "suite");
	sqlite3_stmt *q = store_query(store, suite ? QUERY_MODEL_RUN_INSERT : QUERY_MODEL_GROUP_INSERT);
	store_bind_i64(q, 1, store_i64(group, 0));
	store_bind_slice(q, 2, store_slice(group, 1));
	store_bind_slice(q, 3, store_slice(group, 2));
	store_bind_i64(q, 4, (int64_t)t->count);
	store_bind_i64(q, 5, t->samples);
	store_bind_i64(q, 6, t->passed);
	store_bind_i64(q, 7, t->server_errors);
	store_bind_real(q, 8, interval_mean(t->at, t->count));
	store_bind_real(q, 9, wilson.low);
	store_bind_real(q, 10, wilson.high);
	store_bind_real(q, 11, bootstrap.low);
	store_bind_real(q, 12, bootstrap.high);
	bind_pass_at(q, 13, t, 5);
	bind_pass_at(q, 15, t, 10);
	if (!suite) {
		store_bind_slice(q, 17, store_slice(group, 3));
		store_bind_slice(q, 18, store_slice(group, 4));
	}
	return store_run(q, err);
}

enum status quality(struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	struct trials t = {0};
	sqlite3_stmt *group = store_query(store, QUERY_MODEL_GROUPS);
	while (!status && !(status = store_step(group, &row, err)) && row) {
		t = (struct trials){.at = t.at, .room = t.room};
		status = read_trials(store, group, &t, err);
		if (!status)
			status = write_group(store, group, &t, err);
	}
	sqlite3_reset(group);
	free(t.at);
	return status;
}
