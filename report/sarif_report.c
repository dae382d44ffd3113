/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sarif_report.h"

#include "report/facts.h"
#include "report/stream.h"

#include "core/clock.h"
#include "core/json.h"

enum { RESULTS_MAX = 5000, /* that code hosts take of one run */ MESSAGE_MAX = 8000, URI_MAX = 1024 };

static const char *level_of(struct slice effect)
{
	return slice_is(effect, "FAIL") ? "error" : slice_is(effect, "INCONCLUSIVE") ? "warning" : "note";
}

/* Where it stands: the evidence's file and line (3.28), which every result needs to be shown. */
static void add_location(struct json *j, struct slice evidence)
{
	char buffer[URI_MAX];
	uint64_t line = 1;
	struct slice file = SLICE("evidence.ndjson");
	struct json_member m[] = {{.key = "file"}, {.key = "line"}, {.key = "record"}};
	if (!json_read_object(evidence, m, LENGTH(m), NULL)) {
		if (!json_string(&m[0].value, buffer, sizeof buffer, &file))
			file = SLICE("audit.db");
		if (!json_u64(&m[1].value, INT32_MAX, &line) && !json_u64(&m[2].value, INT32_MAX, &line))
			line = 1;
	}
	json_begin_array(j, "locations");
	json_begin_object(j, NULL);
	json_begin_object(j, "physicalLocation");
	json_begin_object(j, "artifactLocation");
	json_add_slice(j, "uri", file);
	json_end_object(j);
	json_begin_object(j, "region");
	json_add_u64(j, "startLine", line ? line : 1);
	json_end_object(j);
	json_end_object(j);
	json_end_object(j);
	json_end_array(j);
}

static void add_text_object(struct json *j, const char *key, const struct text *text)
{
	json_begin_object(j, key);
	json_add_slice(j, "text", text_slice(text));
	json_end_object(j);
}

/* Columns of report_findings.sql. */
static void add_result(struct json *j, sqlite3_stmt *q, struct text *message)
{
	text_clear(message);
	text_add_printable(message, store_slice(q, 4), MESSAGE_MAX / 4);
	text_add_string(message, ". ");
	text_add_printable(message, store_slice(q, 5), MESSAGE_MAX / 4);
	if (store_slice(q, 8).size) {
		text_add_string(message, " Remedy: ");
		text_add_printable(message, store_slice(q, 8), MESSAGE_MAX / 4);
	}
	json_begin_object(j, NULL);
	json_add_slice(j, "ruleId", store_slice(q, 3));
	json_add_string(j, "level", level_of(store_slice(q, 2)));
	add_text_object(j, "message", message);
	add_location(j, store_slice(q, 6));
	json_begin_object(j, "properties");
	json_add_slice(j, "effect", store_slice(q, 2));
	json_add_slice(j, "severity", store_slice(q, 1));
	if (!store_is_null(q, 7))
		json_add_slice(j, "vector", store_slice(q, 7));
	json_end_object(j);
	json_end_object(j);
}

static enum status add_results(struct store *store, struct stream *out, struct json *j, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text message = text_make(8 * MESSAGE_MAX);
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_FINDINGS);
	store_bind_i64(q, 1, RESULTS_MAX);
	json_begin_array(j, "results");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		add_result(j, q, &message);
		status = stream_flush(out, false, err);
	}
	json_end_array(j);
	sqlite3_reset(q);
	return status;
}

/* Each check that found something is a rule (3.49), told by its first title. */
static enum status add_driver(struct store *store, struct json *j, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text title = text_make(8 * MESSAGE_MAX);
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_RULES);
	json_begin_object(j, "tool");
	json_begin_object(j, "driver");
	json_add_string(j, "name", "airgap-verify");
	json_add_string(j, "version", VERSION);
	json_begin_array(j, "rules");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		text_clear(&title);
		text_add_printable(&title, store_slice(q, 1), MESSAGE_MAX);
		json_begin_object(j, NULL);
		json_add_slice(j, "id", store_slice(q, 0));
		add_text_object(j, "shortDescription", &title);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
	json_end_object(j);
	sqlite3_reset(q);
	return status;
}

static void add_invocation(struct json *j, const struct facts *f)
{
	char time[CLOCK_TEXT_MAX];
	json_begin_array(j, "invocations");
	json_begin_object(j, NULL);
	json_add_bool(j, "executionSuccessful", f->judged);
	if (f->from_ns) {
		clock_text(f->from_ns, 3, time);
		json_add_string(j, "startTimeUtc", time);
		clock_text(f->to_ns, 3, time);
		json_add_string(j, "endTimeUtc", time);
	}
	json_end_object(j);
	json_end_array(j);
	json_begin_object(j, "properties");
	json_add_string(j, "verdict", f->judged ? f->verdict : NULL);
	json_add_string(j, "session", f->value[FACT_ID]);
	json_add_i64(j, "findings", f->count[COUNT_FINDINGS]);
	json_end_object(j);
}

enum status sarif_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	AUTO_STREAM struct stream out = stream_to(fd);
	struct json j = json_on(&out.text);
	json_begin_object(&j, NULL);
	json_add_string(&j, "version", "2.1.0");
	json_begin_array(&j, "runs");
	json_begin_object(&j, NULL);
	status = add_driver(store, &j, err);
	add_invocation(&j, &facts);
	if (!status)
		status = add_results(store, &out, &j, err);
	json_end_object(&j);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(&out.text, '\n');
	return status ? status : stream_flush(&out, true, err);
}
