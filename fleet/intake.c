/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/intake.h"

#include "core/auto.h"
#include "core/clock.h"

#include <stdio.h>
#include <string.h>

enum { HOST_TRIES = 5 };

#define LAST_NS INT64_C(4102444800000000000) /* 2100-01-01: views add to times */

static bool get_text(const struct value *v, char *ret, size_t capacity)
{
	return v->type == VALUE_TEXT && slice_to_string(v->text, ret, capacity);
}

#define GET_TEXT(value, field) get_text(&(value), field, sizeof(field))

static bool take_checked(struct intake_bundle *b, const struct value v[])
{
	if (v[0].number < INTAKE_GOOD || v[0].number > INTAKE_UNKNOWN)
		return false;
	b->outcome = (enum intake_outcome)v[0].number;
	b->began_ns = v[8].number;
	b->ended_ns = v[9].number;
	b->sealed_ns = v[10].number;
	b->stamp_ns = v[11].number;
	return GET_TEXT(v[1], b->wrong) && GET_TEXT(v[2], b->fingerprint) && GET_TEXT(v[3], b->session) && GET_TEXT(v[4], b->host) &&
	       GET_TEXT(v[5], b->verdict) && GET_TEXT(v[6], b->tool) && GET_TEXT(v[7], b->keep_until);
}

static bool take_bundle(struct intake_bundle *b, const struct value v[])
{
	enum { FIRST = 3 };
	for (size_t i = 0; i < INTAKE_COUNTS; i++)
		b->counts[i] = v[FIRST + i].type == VALUE_NUMBER ? v[FIRST + i].number : -1;
	return GET_TEXT(v[0], b->content) && GET_TEXT(v[1], b->judged) && GET_TEXT(v[2], b->scope);
}

const char *intake_take(struct intake_bundle *b, const struct told *r)
{
	static const size_t counts[] = {[TOLD_FILE] = 2, [TOLD_CHECKED] = 12, [TOLD_BUNDLE] = 3 + INTAKE_COUNTS, [TOLD_END] = 0};
	if (r->kind >= TOLD_ROW || r->count != counts[r->kind])
		return "another record than was to come";
	bool taken = r->kind == TOLD_CHECKED	? take_checked(b, r->values)
		     : r->kind == TOLD_BUNDLE ? take_bundle(b, r->values)
						: GET_TEXT(r->values[0], b->sha256);
	if (r->kind == TOLD_FILE)
		b->size = r->values[1].number;
	return taken ? NULL : "a text that is too long, or none where one must be";
}

static enum status find_bundle(struct depot *d, const char *sha256, struct answer **ret, bool *ret_there, struct error *err)
{
	const struct value values[] = {value_text(sha256)};
	enum status status = depot_ask(d, FLEET_BUNDLE_FIND, values, LENGTH(values), ret, err);
	return status ? status : answer_step(*ret, ret_there, err);
}

enum status intake_known(struct depot *d, struct intake_bundle *b, bool *ret, struct error *err)
{
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = find_bundle(d, b->sha256, &a, ret, err);
	if (status || !*ret)
		return status;
	b->began_ns = answer_number(a, 1);
	b->ended_ns = answer_number(a, 2);
	return slice_to_string(answer_text(a, 0), b->host, sizeof b->host) ? OK : fail(err, ERR_MALFORMED, "the name of a host is too long");
}

/* The share of the window is known of what was watched alone. */
static bool are_counts(const int64_t counts[static INTAKE_COUNTS])
{
	enum { WHOLE = 1000, UNKNOWN = -1 };
	for (size_t i = 0; i < INTAKE_COUNTS; i++)
		if (i == INTAKE_SEEN ? counts[i] < UNKNOWN || counts[i] > WHOLE : counts[i] < 0 || counts[i] > table_count_max)
			return false;
	return true;
}

/* What it says of itself must be enough to place it, and its parts must agree. */
static bool is_whole(struct intake *t)
{
	const struct intake_bundle *b = t->bundle;
	const char *wrong = NULL;
	if (!b->host[0] || !b->session[0] || b->began_ns <= 0 || b->ended_ns < b->began_ns || b->ended_ns > LAST_NS)
		wrong = "it does not tell of which host, which session or when it is";
	else if (!are_counts(b->counts))
		wrong = "its database counts what cannot be counted";
	else if (strcmp(b->verdict, b->judged) != 0)
		wrong = "its database has another verdict than its seal";
	if (wrong) {
		t->kind = "database";
		snprintf(t->why, sizeof t->why, "%s", wrong);
	}
	return !wrong;
}

/* The row of a host; `ret` is false where it has none. */
static enum status find_host(struct intake *t, char ret_fingerprint[static HASH_TEXT_MAX], bool *ret, struct error *err)
{
	const struct value values[] = {value_text(t->bundle->host)};
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(t->depot, FLEET_HOST_FIND, values, LENGTH(values), &a, err);
	if (!status)
		status = answer_step(a, ret, err);
	if (status || !*ret)
		return status;
	t->host = answer_number(a, 0);
	return slice_to_string(answer_text(a, 1), ret_fingerprint, HASH_TEXT_MAX) ? OK : fail(err, ERR_MALFORMED, "a fingerprint of a host is none");
}

static enum status add_host(struct intake *t, struct error *err)
{
	const struct intake_bundle *b = t->bundle;
	const struct value values[] = {value_text(b->host), value_text(b->fingerprint), value_text(b->vouched ? b->vouched : "first sight")};
	t->new_host = true;
	return depot_run(t->depot, FLEET_HOST_ADD, values, LENGTH(values), err);
}

/* Trust on first use: the key that is seen first is that of the host, and another one must be
 * vouched for. */
static enum status check_host(struct intake *t, bool *ret_good, struct error *err)
{
	const struct intake_bundle *b = t->bundle;
	char fingerprint[HASH_TEXT_MAX] = "";
	bool there = false;
	enum status status = OK;
	for (unsigned i = 0; i < HOST_TRIES && !status && !there; i++) {
		status = find_host(t, fingerprint, &there, err);
		if (!status && !there)
			status = add_host(t, err);
	}
	if (!status && !there)
		status = fail(err, ERR_STORE, "the host could not be added");
	*ret_good = !status && (!strcmp(fingerprint, b->fingerprint) || b->vouched);
	if (status)
		return status;
	if (!*ret_good) {
		t->kind = "key";
		snprintf(t->why, sizeof t->why, "signed with the key %.16s…, and that of this host is %.16s…: if it was changed, add the bundle "
			 "with --fingerprint %s", b->fingerprint, fingerprint, b->fingerprint);
		return OK;
	}
	const struct value values[] = {value_number(t->host), value_text(b->fingerprint), value_text(b->vouched)};
	return strcmp(fingerprint, b->fingerprint) != 0 ? depot_run(t->depot, FLEET_HOST_PIN, values, LENGTH(values), err) : OK;
}

/* One of the same session is the same bundled again, or it is not what came in first. */
static enum status check_session(struct intake *t, enum intake_result *ret, struct error *err)
{
	const struct value values[] = {value_number(t->host), value_text(t->bundle->session)};
	AUTO_ANSWER struct answer *a = NULL;
	bool row = false;
	enum status status = depot_ask(t->depot, FLEET_BUNDLE_OF_SESSION, values, LENGTH(values), &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	if (status || !row)
		return status;
	*ret = slice_is(answer_text(a, 0), t->bundle->content) ? INTAKE_BUNDLED : INTAKE_REFUSED;
	t->kind = "again";
	snprintf(t->why, sizeof t->why, "the session %.40s came in before, of the night of %.10s, with other contents", t->bundle->session,
		 (const char *)answer_text(a, 1).at);
	return OK;
}

static enum status next_number(struct intake *t, struct error *err)
{
	const struct value values[] = {value_number(t->host)};
	AUTO_ANSWER struct answer *a = NULL;
	bool row = false;
	enum status status = depot_ask(t->depot, FLEET_BUNDLE_NEXT, values, LENGTH(values), &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	t->number = !status && row ? answer_number(a, 0) : 0;
	return status;
}

/* Within the transaction, the row of the host held: who adds another one of it waits. */
static enum status admit(struct intake *t, enum intake_result *ret, struct error *err)
{
	bool there = false, good = false;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = check_host(t, &good, err);
	if (!status && good)
		status = find_bundle(t->depot, t->bundle->sha256, &a, &there, err);
	answer_end(TAKE(&a));
	*ret = !good ? INTAKE_REFUSED : there ? INTAKE_THERE : INTAKE_READY;
	if (!status && *ret == INTAKE_READY)
		status = check_session(t, ret, err);
	return status || *ret != INTAKE_READY ? status : next_number(t, err);
}

/* 202611 of the day 2026-11-28. */
static int64_t month_of(int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	uint64_t year = 0, month = 0;
	clock_text(ns, 0, text);
	if (!slice_u64(slice_of(text, 4), 9999, &year) || !slice_u64(slice_of(text + 5, 2), 12, &month))
		return 0;
	return (int64_t)(year * 100 + month);
}

enum status intake_begin(struct intake *t, struct depot *d, const struct intake_bundle *b, enum intake_result *ret, struct error *err)
{
	*t = (struct intake){.depot = d, .bundle = b, .month = month_of(b->ended_ns)};
	*ret = INTAKE_REFUSED;
	if (!is_whole(t))
		return OK;
	enum status status = depot_month(d, t->month, err);
	if (!status)
		status = depot_begin(d, err);
	if (!status)
		status = admit(t, ret, err);
	if (status || *ret != INTAKE_READY)
		depot_rollback(d);
	return status;
}

static enum status end_table(struct intake *t, struct error *err)
{
	bool filling = t->filling;
	t->filling = false;
	return filling ? depot_fill_end(t->depot, err) : OK;
}

static enum status begin_table(struct intake *t, enum table_kind table, struct error *err)
{
	enum status status = end_table(t, err);
	if (!status && t->filled & 1u << table)
		status = fail(err, ERR_MALFORMED, "the rows of %s do not come one after the other", tables[table].name);
	if (!status)
		status = depot_fill_begin(t->depot, table, t->month, err);
	t->filling = !status;
	t->table = table;
	t->filled |= 1u << table;
	return status;
}

enum status intake_row(struct intake *t, const struct told *r, struct error *err)
{
	enum { OWN = 3 };
	struct value row[OWN + TOLD_VALUES_MAX] = {value_number(t->host), value_number(t->month), value_number(t->number)};
	const char *column, *wrong = table_check(&tables[r->table], r->values, r->count, &column);
	if (wrong)
		return fail(err, ERR_MALFORMED, "%s %s: %s", tables[r->table].name, column, wrong);
	enum status status = t->filling && t->table == r->table ? OK : begin_table(t, r->table, err);
	if (status)
		return status;
	memcpy(row + OWN, r->values, r->count * sizeof *row);
	t->rows++;
	return depot_fill_row(t->depot, row, OWN + r->count, err);
}

static struct value known(int64_t number, int64_t unknown)
{
	if (number == unknown)
		return (struct value){.type = VALUE_NULL};
	return value_number(number);
}

static enum status add_bundle(const struct intake *t, struct error *err)
{
	const struct intake_bundle *b = t->bundle;
	const int64_t *n = b->counts;
	char night[CLOCK_TEXT_MAX];
	clock_text(b->began_ns, 0, night);
	night[10] = 0;
	const struct value values[] = {
		value_number(t->host), value_number(t->number), value_number(t->month), value_text(b->sha256), value_text(b->session),
		value_text(b->content), value_text(b->path), value_number(b->size), value_number(b->began_ns), value_number(b->ended_ns),
		value_text(night), value_text(b->verdict), value_text(b->scope), value_text(b->tool), value_text(b->fingerprint),
		value_text(b->vouched ? b->vouched : t->new_host ? "first sight" : "pin"), value_number(b->sealed_ns),
		known(b->stamp_ns, 0), value_text(b->keep_until), value_number(b->added_ns), value_number(n[INTAKE_ATTEMPTS]),
		value_number(n[INTAKE_LEAVING]), value_number(n[INTAKE_LOOKUPS]), value_number(n[INTAKE_FAILING]),
		value_number(n[INTAKE_UNDECIDED]), known(n[INTAKE_SEEN], -1),
	};
	return depot_run(t->depot, FLEET_BUNDLE_ADD, values, LENGTH(values), err);
}

enum status intake_commit(struct intake *t, struct error *err)
{
	const struct value sha256[] = {value_text(t->bundle->sha256)};
	enum status status = end_table(t, err);
	if (!status)
		status = add_bundle(t, err);
	if (!status)
		status = depot_run(t->depot, FLEET_REFUSED_REMOVE, sha256, LENGTH(sha256), err);
	return status ? status : depot_commit(t->depot, err);
}

void intake_abandon(struct intake *t)
{
	struct error ignored = {0};
	/* a server takes nothing else while rows are on their way */
	(void)end_table(t, &ignored);
	depot_rollback(t->depot);
}

enum status intake_refuse(struct depot *d, const struct intake_bundle *b, const char *kind, const char *why, struct error *err)
{
	const char *host = b->host[0] ? b->host : NULL, *session = b->session[0] ? b->session : NULL;
	const char *fingerprint = b->fingerprint[0] ? b->fingerprint : NULL;
	const struct value values[] = {
		value_text(b->sha256), value_text(b->path), value_text(kind), value_text(why), value_text(host), value_text(session),
		known(b->began_ns, 0), known(b->ended_ns, 0), value_text(fingerprint), value_number(b->added_ns),
	};
	return depot_run(d, FLEET_REFUSED_ADD, values, LENGTH(values), err);
}
