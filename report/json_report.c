/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report.json (airgap-verify-formats(5)). Written as it is read, a row at a time;
 * each list has a maximum, and its "…_all" tells how many there are.
 */
#include "report/json_report.h"

#include "report/bench.h"
#include "report/facts.h"
#include "report/organisation.h"
#include "report/review_words.h"
#include "report/stream.h"

#include "core/json.h"

#include <string.h>

enum {
	LIST_MAX = 10000,
	COLUMNS_MAX = 32,
};

struct document {
	struct store *store;
	const struct facts *facts;
	struct json j;
	struct stream out;
};

/* How a column is written: a number where it is one and a string where it is
 * text, but for these. */
enum form { FORM_PLAIN, FORM_FLAG, FORM_JSON };

struct column {
	const char *key; /* NULL: not written */
	enum form form;
};

struct list {
	const char *key;
	enum query query;
	bool limited;
	struct column columns[COLUMNS_MAX];
};

static const struct list lists[] = {
	{"findings", QUERY_REPORT_FINDINGS, true,
	 {{"id", 0}, {"severity", 0}, {"effect", 0}, {"check", 0}, {"title", 0}, {"detail", 0},
	  {"evidence", FORM_JSON}, {"vector", 0}, {"remedy", 0}}},
	{"witnesses", QUERY_REPORT_WITNESSES, false,
	 {{"name", 0}, {"state", 0}, {"required", FORM_FLAG}, {"canaries", FORM_FLAG},
	  {"detail", 0}, {"remedy", 0}, {"missing_parts", 0}, {"parts", 0}, {"lost", 0}}},
	{"witness_parts", QUERY_REPORT_PARTS, false,
	 {{"witness", 0}, {"part", 0}, {"state", 0}, {"detail", 0}}},
	{"coverage", QUERY_REPORT_COVERAGE, true,
	 {{"witness", 0}, {"from_ns", 0}, {"to_ns", 0}, {"state", 0}, {"lost", 0}, {"source", 0}}},
	{"egress", QUERY_REPORT_EGRESS, true,
	 {{"id", 0}, {"time_ns", 0}, {"witness", 0}, {"pid", 0}, {"comm", 0}, {"exe", 0},
	  {"exe_sha256", 0}, {"call", 0}, {"proto", 0}, {"src", 0}, {"sport", 0}, {"dst", 0},
	  {"dport", 0}, {"name", 0}, {"outcome", 0}, {"errno", 0}, {"bytes_out", 0},
	  {"bytes_in", 0}, {"left_machine", FORM_FLAG}, {"class", 0}, {"vector", 0},
	  {"allowed", FORM_FLAG}, {"source", 0}, {"record", 0}, {"product", 0}, {"rule", 0},
	  {"confidence", 0}, {"name_how", 0}, {"browser", 0}, {"special", 0}, {"role", 0},
	  {"off_switch", 0}}},
	{"egress_vectors", QUERY_REPORT_VECTORS, false,
	 {{"vector", 0}, {"attempts", 0}, {"allowed", 0}}},
	{"lookups", QUERY_REPORT_LOOKUPS, true,
	 {{"id", 0}, {"time_ns", 0}, {"pid", 0}, {"comm", 0}, {"client", 0}, {"server", 0},
	  {"dport", 0}, {"transport", 0}, {"qname", 0}, {"qtype", 0}, {"rcode", 0},
	  {"answers", FORM_JSON}, {"dir", 0}, {"vector", 0}, {"source", 0}, {"packet", 0},
	  {"class", 0}, {"product", 0}, {"rule", 0}, {"vector_of_name", 0}}},
	{"app_logs", QUERY_REPORT_APP_LOGS, true,
	 {{"app", 0}, {"path", 0}, {"copy", 0}, {"role", 0}, {"change", 0}, {"before_bytes", 0},
	  {"after_bytes", 0}, {"lines", 0}, {"events", 0}, {"other", 0}, {"unread", 0},
	  {"problem", 0}, {"described", 0}, {"zone", 0}, {"zone_why", 0}, {"clock_state", 0},
	  {"clock_offset_ns", 0}, {"clock_drift_ppb", 0}, {"clock_spread_ns", 0}, {"clock_pairs", 0},
	  {"clock_confidence", 0}}},
	{"crosscheck", QUERY_REPORT_MATCHES, false, {{"outcome", 0}, {"count", 0}}},
	{"crosscheck_differences", QUERY_REPORT_MISMATCHES, true,
	 {{"outcome", 0}, {"attempt_time_ns", 0}, {"pid", 0}, {"comm", 0}, {"proto", 0},
	  {"dst", 0}, {"dport", 0}, {"attempt_outcome", 0}, {"flow_time_ns", 0},
	  {"flow_proto", 0}, {"flow_dst", 0}, {"flow_dport", 0}, {"log_time_ns", 0}, {"app", 0},
	  {"log", 0}, {"line", 0}, {"disposition", 0}, {"text", 0}, {"rule", 0}, {"attempt_id", 0},
	  {"flow_id", 0}, {"app_event_id", 0}}},
	{"challenge", QUERY_CHALLENGE_ROWS, false,
	 {{"probe", 0}, {"result", 0}, {"where", 0}, {"last_witness", 0}, {"proto", 0}, {"dst", 0},
	  {"dport", 0}, {"call", 0}, {"errno", 0}, {"answer", 0}, {"detail", 0},
	  {"claimed_by", FORM_JSON}}},
	{"claims", QUERY_CLAIM_ROWS, false,
	 {{"layer", 0}, {"probe", 0}, {"state", 0}, {"where", 0}}},
	{"controls", QUERY_REPORT_CONTROLS, false,
	 {{"framework", 0}, {"control", 0}, {"objective", 0}, {"title", 0}, {"evidence_kind", 0},
	  {"missing", 0}, {"strength", 0}, {"status_text", 0}, {"limits", 0}, {"person", 0},
	  {"finding_ids", FORM_JSON}, {"rev3", 0}, {"examine", 0}, {"origin", 0}, {"origin_sha256", 0}}},
	{"past", QUERY_CSV_PAST, false,
	 {{"audit", 0}, {"session_id", 0}, {"folder", 0}, {"started_ns", 0}, {"from_ns", 0}, {"to_ns", 0},
	  {"scope", 0}, {"verdict", 0}, {"attempts", 0}, {"attempts_leaving", 0}, {"lookups_leaving", 0},
	  {"findings_fail", 0}, {"findings_inconclusive", 0}, {"seen_permille", 0}, {"destinations", 0},
	  {"destinations_new", 0}, {"destinations_gone", 0}, {"seal", 0}, {"fingerprint", 0},
	  {"tool_version", 0}, {"problem", 0}, {"this_session", FORM_FLAG}}},
	{"past_destinations", QUERY_REPORT_PAST_DESTINATIONS, true,
	 {{"destination", 0}, {"attempts", 0}, {"audits", 0}, {"first_audit", 0}, {"last_audit", 0}, {"state", 0}}},
	{"programs", QUERY_REPORT_PROGRAMS, true,
	 {{"exe", 0}, {"sha256", 0}, {"problem", 0}, {"processes", 0}}},
	{"isolation", QUERY_REPORT_ISOLATION, true,
	 {{"what", 0}, {"name", 0}, {"held", FORM_FLAG}, {"detail", 0}, {"time_ns", 0}}},
	{"carried", QUERY_REPORT_CARRIED, true,
	 {{"number", 0}, {"time_ns", 0}, {"end_ns", 0}, {"proto", 0}, {"dst", 0}, {"dport", 0}, {"sport", 0},
	  {"state", 0}, {"errno", 0}, {"bytes_out", 0}, {"bytes_in", 0}}},
	{"left_processes", QUERY_REPORT_LEFT, true, {{"pid", 0}, {"comm", 0}}},
	{"chain", QUERY_REPORT_CHAIN, false,
	 {{"file", 0}, {"sealed_bytes", 0}, {"bytes", 0}, {"checkpoints", 0},
	  {"closed", FORM_FLAG}, {"problem", 0}, {"last_ns", 0}}},
	{"skipped", QUERY_REPORT_SKIPPED, true,
	 {{"source", 0}, {"reason", 0}, {"count", 0}, {"first_record", 0}, {"example", 0}}},
	{"artifacts", QUERY_REPORT_ARTIFACTS, true,
	 {{"path", 0}, {"size", 0}, {"sha256", 0}, {"what", 0}, {"collected_ns", 0}}},
};

/* JSON out of the database stands as it is where it is JSON, else as a string. */
static void add_json(struct json *j, const char *key, struct slice value)
{
	struct json_value checked;
	if (json_read(value, &checked, NULL))
		json_add_slice(j, key, value);
	else
		json_add_raw(j, key, slice_trim(value));
}

static void add_column(struct json *j, const struct column *c, sqlite3_stmt *q, int at)
{
	if (!c->key)
		return;
	if (store_is_null(q, at))
		json_add_null(j, c->key);
	else if (c->form == FORM_FLAG)
		json_add_bool(j, c->key, store_i64(q, at) != 0);
	else if (c->form == FORM_JSON)
		add_json(j, c->key, store_slice(q, at));
	else if (sqlite3_column_type(q, at) == SQLITE_INTEGER)
		json_add_i64(j, c->key, store_i64(q, at));
	else
		json_add_slice(j, c->key, store_slice(q, at));
}

static enum status add_list(struct document *d, const struct list *list, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, list->query);
	if (list->limited)
		store_bind_i64(q, 1, LIST_MAX);
	if (list->query == QUERY_REPORT_CONTROLS) {
		store_bind_text(q, 1, d->facts->frameworks);
		store_bind_text(q, 2, d->facts->accepted);
	}
	json_begin_array(&d->j, list->key);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		json_begin_object(&d->j, NULL);
		for (int i = 0; i < sqlite3_column_count(q); i++)
			add_column(&d->j, &list->columns[i], q, i);
		json_end_object(&d->j);
		status = stream_flush(&d->out, false, err);
	}
	json_end_array(&d->j);
	sqlite3_reset(q);
	return status;
}

/* The writer takes keys as they stand. Ours are plain; another one is none of ours. */
static bool is_plain(struct slice name)
{
	for (size_t i = 0; i < name.size; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_.-", name.at[i]))
			return false;
	return name.size > 0;
}

/* Every row of the table `session` but what stands on its own: of the policy, the text and
 * the fields of the site. */
static enum status add_session(struct document *d, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_SESSION);
	json_begin_object(&d->j, "session");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (!is_plain(store_slice(q, 0)))
			status = fail(err, ERR_MALFORMED, "a session fact without a plain name");
		else if (!slice_is(store_slice(q, 0), "policy") && !slice_is(store_slice(q, 0), "policy_organisation") &&
			 !slice_is(store_slice(q, 0), "policy_marking"))
			json_add_slice(&d->j, store_text(q, 0), store_slice(q, 1));
	}
	json_end_object(&d->j);
	sqlite3_reset(q);
	return status;
}

static void add_head(struct document *d)
{
	const struct facts *f = d->facts;
	json_add_string(&d->j, "format", "airgap-verify report");
	json_add_i64(&d->j, "version", 1);
	json_add_string(&d->j, "tool_version", VERSION);
	json_add_string(&d->j, "session_id", f->value[FACT_ID]);
	json_add_string(&d->j, "verdict", f->judged ? f->verdict : NULL);
	json_add_string(&d->j, "scope", f->scope);
	json_add_string(&d->j, "summary", f->summary);
	json_begin_object(&d->j, "window");
	json_add_time(&d->j, "from_ns", f->from_ns);
	json_add_time(&d->j, "to_ns", f->to_ns);
	json_end_object(&d->j);
	json_begin_object(&d->j, "counts");
	for (int i = 0; i < COUNT_COUNT; i++)
		json_add_i64(&d->j, facts_count_name((enum count)i), f->count[i]);
	json_end_object(&d->j);
	json_add_i64(&d->j, "egress_all", f->count[COUNT_LEAVING] + f->count[COUNT_UNKNOWN]);
	json_add_i64(&d->j, "lookups_all", f->count[COUNT_LOOKUPS]);
	json_add_i64(&d->j, "findings_all", f->count[COUNT_FINDINGS]);
	json_add_i64(&d->j, "artifacts_all", f->count[COUNT_ARTIFACTS]);
	json_add_i64(&d->j, "list_maximum", LIST_MAX);
}

static void add_organisation(struct document *d)
{
	struct organisation_field field;
	struct cursor fields = organisation_fields(d->facts);
	json_add_string(&d->j, "marking", d->facts->value[FACT_MARKING]);
	json_begin_array(&d->j, "organisation");
	while (organisation_next(&fields, &field)) {
		json_begin_object(&d->j, NULL);
		json_add_slice(&d->j, "name", field.name);
		json_add_slice(&d->j, "value", field.value);
		json_end_object(&d->j);
	}
	json_end_array(&d->j);
}

static void add_tail(struct document *d)
{
	add_organisation(d);
	review_words_json(&d->j, d->facts->reviews);
	json_begin_object(&d->j, "policy");
	json_add_string(&d->j, "sha256", d->facts->value[FACT_POLICY_SHA256]);
	json_add_string(&d->j, "text", d->facts->value[FACT_POLICY]);
	json_end_object(&d->j);
	json_begin_array(&d->j, "limits");
	for (size_t i = 0; facts_limits[i]; i++)
		json_add_string(&d->j, NULL, facts_limits[i]);
	json_end_array(&d->j);
}

static enum status write_document(struct document *d, struct error *err)
{
	json_begin_object(&d->j, NULL);
	add_head(d);
	enum status status = add_session(d, err);
	if (!status)
		add_tail(d);
	for (size_t i = 0; i < LENGTH(lists) && !status; i++)
		status = add_list(d, &lists[i], err);
	if (!status)
		status = bench_json(d->store, &d->j, "benchmark", err);
	json_end_object(&d->j);
	text_add_char(&d->out.text, '\n');
	return status ? status : stream_flush(&d->out, true, err);
}

enum status json_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct document d = {.store = store, .facts = &facts, .out = stream_to(fd)};
	d.j = json_on(&d.out.text);
	status = write_document(&d, err);
	stream_free(&d.out);
	return status;
}
