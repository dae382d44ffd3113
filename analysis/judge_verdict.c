/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/judge_verdict.h"

#include "core/text.h"

struct counts {
	int64_t local, egress, allowed, open, not_stopped, isolated, kernel, carried, calls;
	char fail[512], why[512];
};

static enum status count(struct store *store, struct counts *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_COUNTS);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		ret->local = store_i64(q, 0);
		ret->egress = store_i64(q, 1);
		ret->allowed = store_i64(q, 2);
		ret->open = store_i64(q, 3);
		struct slice fail = store_slice(q, 4), why = store_slice(q, 5);
		slice_to_string(slice_part(fail, 0, sizeof ret->fail - 1), ret->fail, sizeof ret->fail);
		ret->not_stopped = store_i64(q, 6);
		ret->isolated = store_i64(q, 7);
		ret->kernel = store_i64(q, 8);
		ret->carried = store_i64(q, 9);
		ret->calls = store_i64(q, 10);
		slice_to_string(slice_part(why, 0, sizeof ret->why - 1), ret->why, sizeof ret->why);
	}
	sqlite3_reset(q);
	return status;
}

static void add_count(struct text *t, int64_t n, const char *one, const char *many)
{
	if (n == 0)
		text_addf(t, "no %s", many);
	else
		text_addf(t, "%lld %s", (long long)n, text_plural((uint64_t)n, one, many));
}

static const char *whose(const struct judge_extent *e)
{
	return e->host ? "this machine" : "the session";
}

/* What an isolated session tried inside is known by its calls alone, without the kernel's word. */
static void summarise_isolated(const struct counts *c, struct text *ret)
{
	text_add_string(ret, "Nothing that the session did could leave this machine: it ran where there is only the loopback, which "
			     "was tried before and watched to the end; ");
	add_count(ret, c->carried, "connection was", "connections were");
	text_add_string(ret, " carried to servers of this machine. ");
	if (!c->calls) {
		text_add_string(ret, "What it may have tried inside was not witnessed.");
		return;
	}
	text_add_string(ret, "Of its calls inside were seen: ");
	add_count(ret, c->local, "local connection", "local connections");
	text_add_string(ret, ", ");
	add_count(ret, c->egress + c->allowed, "attempt to reach another machine.", "attempts to reach another machine.");
}

static void summarise_pass(const struct counts *c, const struct judge_extent *e, struct text *ret)
{
	if (e->calls_alone)
		text_add_string(ret, "No process of the session reached out to another machine");
	else
		text_addf(ret, "Nothing that %s did left this machine", whose(e));
	text_add_string(ret, c->allowed ? " except to destinations that the policy allows: " : ": ");
	add_count(ret, c->local, "local connection", "local connections");
	if (c->allowed) {
		text_add_string(ret, ", ");
		add_count(ret, c->allowed, "allowed attempt", "allowed attempts");
	}
	text_add_string(ret, ", ");
	if (c->egress)
		text_addf(ret, "%lld %s stopped on this machine", (long long)c->egress,
			  c->egress == 1 ? "attempt that was" : "attempts that were");
	else
		text_add_string(ret, "no other attempt to reach another machine");
	text_add_string(ret, ", and every required witness saw all of it.");
	if (e->calls_alone)
		text_add_string(ret, " The tier is unprivileged: packets and other programs of this machine were not watched.");
}

/* The one sentence in plain words. */
static void summarise(enum verdict v, const struct counts *c, const struct judge_extent *e, struct text *ret)
{
	switch (v) {
	case VERDICT_PASS:
		if (c->isolated && !c->kernel)
			summarise_isolated(c, ret);
		else
			summarise_pass(c, e, ret);
		break;
	case VERDICT_FAIL:
		text_addf(ret, "Not air-gapped%s. %s.",
			  c->not_stopped ? "" : ": it was tried, and stopped on this machine as far as was seen", c->fail);
		if (c->egress > 1)
			text_addf(ret, " In all %lld attempts of %s were aimed at other machines.",
				  (long long)c->egress, whose(e));
		break;
	case VERDICT_INCONCLUSIVE:
		text_add_string(ret, "No egress was seen, but that nothing left is not proven. ");
		text_addf(ret, "%s", c->why);
		if (c->open > 1)
			text_addf(ret, ", and %lld more %s", (long long)c->open - 1,
				  c->open == 2 ? "reason" : "reasons");
		text_add_char(ret, '.');
		break;
	}
}

static enum status fact_i64(struct store *store, const char *name, int64_t *ret, bool *ret_known,
			    struct error *err)
{
	char value[32];
	enum status status = store_session_value(store, name, value, sizeof value, err);
	*ret_known = !status && slice_i64(slice_of_string(value), INT64_MAX, ret);
	return status;
}

enum status judge_verdict(struct store *store, enum verdict v, const struct judge_extent *e, struct error *err)
{
	struct counts c = {0};
	int64_t from = 0, to = 0;
	bool from_known, to_known;
	AUTO_TEXT struct text summary = text_make(4096);
	enum status status = count(store, &c, err);
	if (!status)
		status = fact_i64(store, "watch_from_ns", &from, &from_known, err);
	if (!status)
		status = fact_i64(store, "watch_to_ns", &to, &to_known, err);
	if (status)
		return status;
	summarise(v, &c, e, &summary);
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_INSERT);
	store_bind_text(q, 1, verdict_name(v));
	store_bind_text(q, 2, e->host ? "host" : "session");
	if (from_known)
		store_bind_i64(q, 3, from);
	if (to_known)
		store_bind_i64(q, 4, to);
	store_bind_slice(q, 5, text_slice(&summary));
	return store_run(q, err);
}
