/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast a model is here, over the repeats but the cold one, which tells how long it takes
 * to load. Rates are by the server's own durations where it gives them for each repeat, else by
 * the runner's clock, which holds what lies between the two as well: told apart.
 */
#include "analysis/model/models.h"
#include "analysis/model/spread.h"

#include <math.h>
#include <stdlib.h>

enum { NS_MS = 1000000 };
static const double ns_s = 1e9;

/* Of QUERY_MODEL_SPEEDS. */
enum column { REPEAT, TOKENS, REST_NS, GENERATION_NS, FIRST_NS, PROMPT_TOKENS, PROMPT_NS, LOAD_NS, JOULES };

struct speeds {
	size_t repeats;
	struct measured server, runner, prompt_server, prompt_runner, first;
	double joules, joule_tokens;
	double load_ms, cold_first_ms; /* NaN: not known */
	bool cold;
};

/* A duration of nothing is none. */
static bool has(sqlite3_stmt *q, enum column column)
{
	return !store_is_null(q, (int)column) && store_i64(q, (int)column) > 0;
}

static double per_second(sqlite3_stmt *q, double tokens, enum column ns)
{
	return tokens * ns_s / (double)store_i64(q, (int)ns);
}

static double in_ms(sqlite3_stmt *q, enum column ns)
{
	return has(q, ns) ? (double)store_i64(q, (int)ns) / NS_MS : NAN;
}

static void add_repeat(struct speeds *s, sqlite3_stmt *q)
{
	s->repeats++;
	double tokens = (double)store_i64(q, TOKENS), prompt = (double)store_i64(q, PROMPT_TOKENS);
	if (has(q, TOKENS) && has(q, GENERATION_NS))
		spread_add(&s->server, per_second(q, tokens, GENERATION_NS));
	/* the first token has its own figure */
	if (has(q, TOKENS) && has(q, REST_NS))
		spread_add(&s->runner, per_second(q, tokens - 1, REST_NS));
	if (has(q, PROMPT_TOKENS) && has(q, PROMPT_NS))
		spread_add(&s->prompt_server, per_second(q, prompt, PROMPT_NS));
	if (has(q, PROMPT_TOKENS) && has(q, FIRST_NS))
		spread_add(&s->prompt_runner, per_second(q, prompt, FIRST_NS));
	if (has(q, FIRST_NS))
		spread_add(&s->first, in_ms(q, FIRST_NS));
	if (has(q, TOKENS) && !store_is_null(q, JOULES)) {
		s->joules += store_real(q, JOULES);
		s->joule_tokens += tokens;
	}
}

static enum status read_speeds(struct store *store, const struct models_key *of, struct speeds *s, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_SPEEDS);
	store_bind_i64(q, 1, of->source);
	store_bind_text(q, 2, of->model);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (store_i64(q, REPEAT) > 0) {
			add_repeat(s, q);
		} else if (!s->cold) {
			s->load_ms = in_ms(q, LOAD_NS);
			s->cold_first_ms = in_ms(q, FIRST_NS);
			s->cold = true;
		}
	}
	sqlite3_reset(q);
	return status;
}

/* Binds whose clock it was, and the spread by that clock. */
static int bind_rate(sqlite3_stmt *q, int at, const struct speeds *s, struct measured *server, struct measured *runner,
		     bool half)
{
	bool by_server = server->count > 0 && server->count >= runner->count && server->count == s->repeats;
	struct measured *m = by_server || runner->count == 0 ? server : runner;
	struct spread spread = spread_of(m, true);
	store_bind_text(q, at++, m->count == 0 ? NULL : m == server ? "server" : "runner");
	store_bind_real(q, at++, spread.mean);
	store_bind_real(q, at++, spread.sd);
	store_bind_real(q, at++, spread.p95);
	if (half)
		store_bind_real(q, at++, spread.half);
	return at;
}

/* What QUERY_MODEL_LOADED tells, and the energy. */
static enum status bind_loaded(struct store *store, sqlite3_stmt *q, int at, const struct models_key *of,
			       const struct speeds *s, struct error *err)
{
	bool row;
	sqlite3_stmt *from = store_query(store, QUERY_MODEL_LOADED);
	store_bind_i64(from, 1, of->source);
	store_bind_text(from, 2, of->model);
	enum status status = store_step(from, &row, err);
	if (status)
		return status;
	for (int i = 0; i < 2; i++, at++)
		if (!store_is_null(from, i))
			store_bind_i64(q, at, store_i64(from, i));
	store_bind_real(q, at++, store_is_null(from, 2) ? NAN : store_real(from, 2));
	double joules = store_real(from, 3), tokens = store_real(from, 4);
	bool by_run = s->joule_tokens <= 0 && joules > 0 && tokens > 0;
	store_bind_real(q, at++, by_run ? joules / tokens : s->joule_tokens > 0 ? s->joules / s->joule_tokens : NAN);
	store_bind_text(q, at, by_run ? "run" : s->joule_tokens > 0 ? "speed" : NULL);
	sqlite3_reset(from);
	return OK;
}

enum status speed(struct store *store, const struct models_key *of, struct error *err)
{
	struct speeds *s = must_alloc(1, sizeof *s);
	*s = (struct speeds){.load_ms = NAN, .cold_first_ms = NAN};
	enum status status = read_speeds(store, of, s, err);
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_SPEED_INSERT);
	store_bind_i64(q, 1, of->source);
	store_bind_text(q, 2, of->model);
	store_bind_i64(q, 3, (int64_t)s->repeats);
	int at = bind_rate(q, 4, s, &s->server, &s->runner, true);
	struct spread first = spread_of(&s->first, false);
	store_bind_real(q, at++, first.mean);
	store_bind_real(q, at++, first.sd);
	store_bind_real(q, at++, first.p95);
	store_bind_real(q, at++, first.half);
	at = bind_rate(q, at, s, &s->prompt_server, &s->prompt_runner, false);
	store_bind_real(q, at++, s->load_ms);
	store_bind_real(q, at++, s->cold_first_ms);
	if (!status)
		status = bind_loaded(store, q, at, of, s, err);
	free(s);
	return status ? status : store_run(q, err);
}
