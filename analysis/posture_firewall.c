/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each ruleset that was read, walked for both families, for what the machine itself
 * sends and for what it passes on.
 */
#include "analysis/posture.h"
#include "analysis/posture_walk.h"

#include <stdlib.h>

enum {
	RULES_MAX = 400000, /* in all; a reader bounds those of one ruleset */
	DEVICES_MAX = 1024,
	MEMORY_MAX = 256 << 20,
};

static const char *keep(struct posture_rules *r, sqlite3_stmt *q, int column)
{
	const char *text = arena_string(r->arena, store_slice(q, column));
	r->cut = r->cut || !text;
	return text ? text : "";
}

static enum status load(struct store *store, struct posture_rules *r, struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RULES);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row && r->rule_count < RULES_MAX)
		r->rules[r->rule_count++] = (struct posture_rule){
			store_i64(q, 0), store_i64(q, 1), keep(r, q, 2), keep(r, q, 3),
			keep(r, q, 4),	 keep(r, q, 5),	  keep(r, q, 6), keep(r, q, 7)};
	sqlite3_reset(q);
	q = store_query(store, QUERY_POSTURE_CHAINS);
	row = true;
	while (!status && !(status = store_step(q, &row, err)) && row && r->chain_count < RULES_MAX)
		r->chains[r->chain_count++] = (struct posture_chain){
			store_i64(q, 0), store_i64(q, 1), store_i64(q, 5), keep(r, q, 2),
			keep(r, q, 3),	 keep(r, q, 4),	  keep(r, q, 6)};
	sqlite3_reset(q);
	q = store_query(store, QUERY_POSTURE_DEVICES);
	row = true;
	while (!status && !(status = store_step(q, &row, err)) && row && r->device_count < DEVICES_MAX)
		r->devices[r->device_count++] = keep(r, q, 0);
	sqlite3_reset(q);
	r->cut = r->cut || r->device_count == DEVICES_MAX || r->rule_count == RULES_MAX || r->chain_count == RULES_MAX;
	return status ? status : store_number(store_query(store, QUERY_POSTURE_UFW_DEFAULT), &r->ufw, err);
}

static enum status write_way(struct store *store, const struct posture_chain *c, const char *family,
			     const char *hook, const struct posture_verdict *v, struct error *err)
{
	static const char *const words[] = {"open", "open", "denied", "unsure"};
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_WAY_INSERT);
	store_bind_i64(q, 1, c->source);
	store_bind_i64(q, 2, c->record);
	store_bind_text(q, 3, family);
	store_bind_text(q, 4, v->any ? words[v->result] : "none");
	store_bind_text(q, 5, v->any && v->why ? v->why : "it has no rules for that");
	store_bind_i64(q, 6, v->holes);
	store_bind_text(q, 7, v->hole ? v->hole : "");
	store_bind_text(q, 8, hook);
	store_bind_i64(q, 9, v->wide);
	return store_run(q, err);
}

static enum status walk_all(struct store *store, const struct posture_rules *all, struct error *err)
{
	static const char *const families[] = {"4", "6"};
	enum status status = OK;
	for (size_t from = 0, to; from < all->chain_count && !status; from = to) {
		const struct posture_chain *c = &all->chains[from];
		for (to = from; to < all->chain_count && all->chains[to].source == c->source &&
				all->chains[to].record == c->record;)
			to++;
		for (size_t f = 0; f < 2 * LENGTH(families) && !status; f++) {
			const char *family = families[f / 2], *hook = f % 2 ? "forward" : "output";
			struct posture_verdict v = posture_walk(all, from, to, family, hook);
			status = write_way(store, c, family, hook, &v, err);
		}
	}
	return status;
}

enum status posture_firewall(struct store *store, struct error *err)
{
	struct posture_rules r = {.arena = arena_new(MEMORY_MAX)};
	r.rules = must_alloc(RULES_MAX, sizeof *r.rules);
	r.chains = must_alloc(RULES_MAX, sizeof *r.chains);
	r.devices = must_alloc(DEVICES_MAX, sizeof *r.devices);
	enum status status = load(store, &r, err);
	if (!status)
		status = walk_all(store, &r, err);
	free(r.rules);
	free(r.chains);
	free(r.devices);
	arena_free(r.arena);
	return status;
}
