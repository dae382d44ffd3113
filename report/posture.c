/* SPDX-License-Identifier: Apache-2.0 */
#include "report/posture.h"

#include "core/json.h"

enum { SHOWN_MAX = 2000 };

/* Of QUERY_POSTURE_RESULTS. */
enum column { ID, CHECK, TITLE, SUBJECT, STATE, SEVERITY, LOOKED_AT, FOUND, WHY, REMEDY, SOURCE, RECORD };

static const struct state {
	const char *name, *word, *colour;
	bool always; /* else where more is asked for */
} states[] = {
	{"finding", "found", "\033[1;31m", true},
	{"unknown", "unclear", "\033[1;33m", true},
	{"ok", "good", "\033[1;32m", false},
	{"absent", "absent", "", false},
};

enum status posture_counts(struct store *store, struct posture_counts *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_COUNTS);
	enum status status = store_step(q, &row, err);
	*ret = (struct posture_counts){0};
	if (!status && row)
		*ret = (struct posture_counts){store_i64(q, 0), store_i64(q, 1), store_i64(q, 2), store_i64(q, 3)};
	sqlite3_reset(q);
	return status;
}

static const struct state *state_of(sqlite3_stmt *q)
{
	for (size_t i = 0; i < LENGTH(states); i++)
		if (slice_is(store_slice(q, STATE), states[i].name))
			return &states[i];
	return &states[1];
}

/* What a remedy is made of may go over several lines; each begins below the first. */
static void add_lines(struct text *t, const char *lead, struct slice text)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	for (bool first = true; cursor_line(&c, &line, NULL); first = false) {
		text_addf(t, "%-8s %s", "", first ? lead : "  ");
		text_add_printable(t, line, SHOWN_MAX);
		text_add_char(t, '\n');
	}
}

static void add_result(sqlite3_stmt *q, const struct posture_request *r, struct text *t)
{
	const struct state *s = state_of(q);
	bool good = !s->always;
	text_addf(t, "%s%-8s%s %s", r->colour ? s->colour : "", s->word, r->colour && *s->colour ? "\033[0m" : "",
		  store_text(q, TITLE));
	if (store_slice(q, SUBJECT).size) {
		text_add_string(t, " · ");
		text_add_printable(t, store_slice(q, SUBJECT), SHOWN_MAX);
	}
	if (slice_is(store_slice(q, STATE), "finding"))
		text_addf(t, " · %s", store_text(q, SEVERITY));
	text_add_char(t, '\n');
	add_lines(t, "", store_slice(q, FOUND));
	if (good)
		return;
	add_lines(t, "why: ", store_slice(q, WHY));
	add_lines(t, "→ ", store_slice(q, REMEDY));
}

static void add_sum(struct text *t, const struct posture_counts *c, bool verbose)
{
	text_addf(t, "%lld found, %lld unclear, %lld good, %lld absent%s\n", (long long)c->found,
		  (long long)c->unknown, (long long)c->good, (long long)c->absent,
		  verbose ? "" : " (-v shows all)");
}

enum status posture_text(struct store *store, const struct posture_request *r, struct text *ret,
			 struct error *err)
{
	bool row = true;
	struct posture_counts counts;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RESULTS);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row)
		if (state_of(q)->always || r->verbose)
			add_result(q, r, ret);
	sqlite3_reset(q);
	if (!status)
		status = posture_counts(store, &counts, err);
	if (!status)
		add_sum(ret, &counts, r->verbose);
	return status;
}

static void add_row(struct json *j, sqlite3_stmt *q)
{
	static const char *const names[] = {"id",     "check", "title", "subject", "state",  "severity",
					    "looked_at", "found", "why",	"remedy",  "source", "record"};
	json_begin_object(j, NULL);
	for (int i = ID; i <= RECORD; i++) {
		if (store_is_null(q, i))
			json_add_null(j, names[i]);
		else if (i == ID || i == RECORD)
			json_add_i64(j, names[i], store_i64(q, i));
		else
			json_add_slice(j, names[i], store_slice(q, i));
	}
	json_end_object(j);
}

enum status posture_json_report(struct store *store, struct text *ret, struct error *err)
{
	bool row = true;
	struct posture_counts c;
	struct json j = json_on(ret);
	enum status status = posture_counts(store, &c, err);
	if (status)
		return status;
	json_begin_object(&j, NULL);
	json_add_i64(&j, "found", c.found);
	json_add_i64(&j, "unclear", c.unknown);
	json_add_i64(&j, "good", c.good);
	json_add_i64(&j, "absent", c.absent);
	json_begin_array(&j, "results");
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RESULTS);
	while (!status && !(status = store_step(q, &row, err)) && row)
		add_row(&j, q);
	sqlite3_reset(q);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status;
}
