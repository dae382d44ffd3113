/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/posture.h"

#include "analysis/steps.h"
#include "core/text.h"

enum { REMEDY_MAX = 4096, FOUND_MAX = 4096 };

enum column { STATE, SUBJECT, FOUND, SOURCE, RECORD, PART, SEVERITY };

static const char *remedy_of(const struct posture_check *c, enum posture_system system)
{
	if (!c->remedy[system])
		system = c->remedy[POSTURE_LINUX] ? POSTURE_LINUX : POSTURE_MACOS;
	return c->remedy[system];
}

/* The remedy with the part that it is about. */
static void add_remedy(struct text *t, const char *remedy, struct slice part)
{
	struct slice rest = slice_of_string(remedy);
	size_t at = slice_search(rest, SLICE("{}"));
	text_add(t, slice_part(rest, 0, at));
	if (at == rest.size)
		return;
	text_add_printable(t, part, 1024);
	text_add(t, slice_part(rest, at + 2, rest.size));
}

/* What could not be told is not to be mended yet, but to be looked at. */
static const char look_by_hand[] = "run it with sudo where it was not, or look at {} by hand";

static void add_advice(struct text *t, const struct posture_check *c, sqlite3_stmt *from,
		       enum posture_system system)
{
	struct slice part = store_slice(from, PART), subject = store_slice(from, SUBJECT);
	if (slice_is(store_slice(from, STATE), "finding"))
		add_remedy(t, remedy_of(c, system), part);
	else if (slice_is(store_slice(from, STATE), "unknown"))
		add_remedy(t, look_by_hand, part.size ? part : subject.size ? subject : SLICE("it"));
}

/* One answer: the row that `from` stands at; NULL: there was nothing to look at. */
static enum status write_result(struct store *store, const struct posture_check *c, sqlite3_stmt *from,
				enum posture_system system, struct error *err)
{
	AUTO_TEXT struct text remedy = text_make(REMEDY_MAX), found = text_make(8 * FOUND_MAX);
	bool good = !from || slice_is(store_slice(from, STATE), "ok");
	if (from) {
		add_advice(&remedy, c, from, system);
		text_add_printable(&found, store_slice(from, FOUND), FOUND_MAX);
	} else {
		text_add_string(&found, "Nothing of it was found");
	}
	bool own = !from || store_is_null(from, SEVERITY);
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RESULT_INSERT);
	store_bind_text(q, 1, c->id);
	store_bind_text(q, 2, c->title);
	store_bind_slice(q, 3, from ? store_slice(from, SUBJECT) : SLICE(""));
	store_bind_slice(q, 4, from ? store_slice(from, STATE) : SLICE("absent"));
	store_bind_text(q, 5, good ? "info" : own ? c->severity : store_text(from, SEVERITY));
	store_bind_text(q, 6, c->looks_at);
	store_bind_slice(q, 7, text_slice(&found));
	store_bind_text(q, 8, c->why);
	store_bind_slice(q, 9, text_slice(&remedy));
	if (from && !store_is_null(from, SOURCE)) {
		store_bind_i64(q, 10, store_i64(from, SOURCE));
		store_bind_i64(q, 11, store_i64(from, RECORD));
	}
	return store_run(q, err);
}

static enum status run_check(struct store *store, const struct posture_check *c, enum posture_system system,
			     struct error *err)
{
	bool row = true, any = false;
	sqlite3_stmt *q = store_query(store, c->query);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row) {
		any = true;
		status = write_result(store, c, q, system, err);
	}
	sqlite3_reset(q);
	if (!status && !any)
		status = write_result(store, c, NULL, system, err);
	return status ? fail_in(err, "check %s", c->id) : OK;
}

static enum status system_of(struct store *store, enum posture_system *ret, struct error *err)
{
	static const char *const names[POSTURE_SYSTEMS] = {"linux", "macos", "windows"};
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_SYSTEM);
	enum status status = store_step(q, &row, err);
	*ret = POSTURE_LINUX;
	for (enum posture_system s = POSTURE_LINUX; !status && row && s < POSTURE_SYSTEMS; s++)
		if (slice_is(store_slice(q, 0), names[s]))
			*ret = s;
	sqlite3_reset(q);
	return status;
}

enum status posture(struct store *store, struct error *err)
{
	static const enum query resets[] = {QUERY_POSTURE_RESET_RESULT, QUERY_POSTURE_RESET_WAY,
					    QUERY_POSTURE_RESET_KNOWN};
	enum posture_system system = POSTURE_LINUX;
	int64_t there = 0;
	enum status status = steps_run(store, resets, LENGTH(resets), err);
	if (!status)
		status = store_number(store_query(store, QUERY_POSTURE_THERE), &there, err);
	if (status || !there)
		return status;
	status = system_of(store, &system, err);
	if (!status)
		status = posture_known(store, err);
	if (!status)
		status = posture_firewall(store, err);
	for (size_t i = 0; i < posture_check_count && !status; i++)
		status = run_check(store, &posture_checks[i], system, err);
	return status ? status : store_run(store_query(store, QUERY_POSTURE_FINDING_INSERT), err);
}

enum status posture_judge(struct store *store, struct error *err)
{
	enum status status = store_begin(store, err);
	if (!status)
		status = store_index(store, err);
	if (!status)
		status = store_run(store_query(store, QUERY_JUDGE_RESET_FINDING), err);
	if (!status)
		status = posture(store, err);
	return status ? status : store_commit(store, err);
}
