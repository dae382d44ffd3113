/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ocsf_report.h"

#include "report/facts.h"
#include "report/stream.h"

#include "core/json.h"

#include <stdio.h>

enum { FINDINGS_MAX = 100000 };

enum { CATEGORY_FINDINGS = 2, CATEGORY_NETWORK = 4, COMPLIANCE_FINDING = 2003, NETWORK_ACTIVITY = 4001, DNS_ACTIVITY = 4003 };

struct events {
	struct store *store;
	const struct facts *facts;
	struct stream out;
	struct json j;
};

/* The words of a column, and the numbers that the specification has for them. */
struct number {
	const char *word;
	int64_t number;
};

static int64_t number_of(const struct number of[], size_t count, struct slice word, int64_t otherwise)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(word, of[i].word))
			return of[i].number;
	return otherwise;
}

static void begin_event(struct events *e, int64_t category, int64_t class, int64_t activity, int64_t severity, int64_t ns)
{
	struct json *j = &e->j;
	*j = json_on(&e->out.text);
	json_begin_object(j, NULL);
	json_add_i64(j, "category_uid", category);
	json_add_i64(j, "class_uid", class);
	json_add_i64(j, "activity_id", activity);
	json_add_i64(j, "type_uid", class * 100 + activity);
	json_add_i64(j, "severity_id", severity);
	json_add_i64(j, "time", ns / 1000000);
	json_begin_object(j, "metadata");
	json_add_string(j, "version", "1.8.0");
	json_begin_object(j, "product");
	json_add_string(j, "name", "airgap-verify");
	json_add_string(j, "vendor_name", "airgap-verify");
	json_add_string(j, "version", VERSION);
	json_end_object(j);
	json_add_string(j, "correlation_uid", e->facts->value[FACT_ID]);
	json_end_object(j);
}

static void end_event(struct events *e)
{
	json_end_object(&e->j);
	text_add_char(&e->out.text, '\n');
}

static void add_where(struct json *j, const char *key, sqlite3_stmt *q, int address, int port, int name)
{
	if (store_is_null(q, address) || !store_slice(q, address).size)
		return;
	json_begin_object(j, key);
	json_add_slice(j, "ip", store_slice(q, address));
	if (!store_is_null(q, port))
		json_add_i64(j, "port", store_i64(q, port));
	if (name >= 0 && !store_is_null(q, name))
		json_add_slice(j, "hostname", store_slice(q, name));
	json_end_object(j);
}

static void add_process(struct json *j, sqlite3_stmt *q)
{
	json_begin_object(j, "actor");
	json_begin_object(j, "process");
	json_add_i64(j, "pid", store_i64(q, 15));
	json_add_slice(j, "name", store_slice(q, 17));
	if (!store_is_null(q, 18)) {
		struct slice path = store_slice(q, 18);
		size_t at = path.size;
		while (at > 0 && path.at[at - 1] != '/')
			at--;
		json_begin_object(j, "file");
		json_add_slice(j, "name", slice_part(path, at, path.size));
		json_add_slice(j, "path", path);
		json_add_i64(j, "type_id", 1);
		if (!store_is_null(q, 19)) {
			json_begin_array(j, "hashes");
			json_begin_object(j, NULL);
			json_add_i64(j, "algorithm_id", 3);
			json_add_slice(j, "value", store_slice(q, 19));
			json_end_object(j);
			json_end_array(j);
		}
		json_end_object(j);
	}
	json_begin_object(j, "user");
	json_add_slice(j, "uid", store_slice(q, 16));
	json_end_object(j);
	json_end_object(j);
	json_end_object(j);
}

/* Columns of ocsf_attempts.sql. */
static void add_attempt(struct events *e, sqlite3_stmt *q)
{
	static const struct number outcomes[] = {{"ok", 1}, {"refused", 5}, {"unreachable", 4}, {"denied", 5}, {"timeout", 4}};
	static const struct number protocols[] = {{"icmp", 1}, {"tcp", 6}, {"udp", 17}, {"icmp6", 58}, {"sctp", 132}};
	struct json *j = &e->j;
	bool leaves = store_i64(q, 12) != 0 || store_is_null(q, 13), ok = slice_is(store_slice(q, 9), "ok");
	int64_t activity = number_of(outcomes, LENGTH(outcomes), store_slice(q, 9), 6);
	begin_event(e, CATEGORY_NETWORK, NETWORK_ACTIVITY, activity, !leaves ? 1 : store_i64(q, 20) ? 2 : 4, store_i64(q, 1));
	json_add_i64(j, "status_id", ok ? 1 : 2);
	add_where(j, "src_endpoint", q, 4, 5, -1);
	add_where(j, "dst_endpoint", q, 6, 7, 8);
	json_begin_object(j, "connection_info");
	json_add_i64(j, "direction_id", leaves ? 2 : 3);
	json_add_slice(j, "protocol_name", store_slice(q, 3));
	json_add_i64(j, "protocol_num", number_of(protocols, LENGTH(protocols), store_slice(q, 3), -1));
	json_end_object(j);
	json_begin_object(j, "traffic");
	json_add_i64(j, "bytes_out", store_i64(q, 10));
	json_add_i64(j, "bytes_in", store_i64(q, 11));
	json_end_object(j);
	add_process(j, q);
	json_begin_object(j, "unmapped");
	json_add_i64(j, "attempt_id", store_i64(q, 0));
	json_add_slice(j, "call", store_slice(q, 2));
	json_add_slice(j, "class", store_slice(q, 13));
	json_add_slice(j, "vector", store_slice(q, 14));
	json_end_object(j);
	end_event(e);
}

/* Columns of ocsf_lookups.sql. */
static void add_lookup(struct events *e, sqlite3_stmt *q)
{
	struct json *j = &e->j;
	bool out = slice_is(store_slice(q, 10), "out");
	begin_event(e, CATEGORY_NETWORK, DNS_ACTIVITY, 1, out ? 4 : 1, store_i64(q, 1));
	add_where(j, "src_endpoint", q, 2, 3, -1);
	add_where(j, "dst_endpoint", q, 4, 5, -1);
	json_begin_object(j, "query");
	json_add_slice(j, "hostname", store_slice(q, 6));
	json_add_slice(j, "type", store_slice(q, 7));
	json_end_object(j);
	if (!store_is_null(q, 8))
		json_add_slice(j, "rcode", store_slice(q, 8));
	json_begin_object(j, "unmapped");
	json_add_i64(j, "lookup_id", store_i64(q, 0));
	json_add_slice(j, "transport", store_slice(q, 9));
	json_add_slice(j, "vector", store_slice(q, 11));
	json_end_object(j);
	end_event(e);
}

/* Columns of report_findings.sql. */
static void add_finding(struct events *e, sqlite3_stmt *q)
{
	static const struct number severities[] = {{"info", 1}, {"low", 2}, {"medium", 3}, {"high", 4}, {"critical", 5}};
	static const struct number effects[] = {{"INCONCLUSIVE", 2}, {"FAIL", 3}};
	struct json *j = &e->j;
	char uid[96];
	snprintf(uid, sizeof uid, "%.64s-%lld", e->facts->value[FACT_ID], (long long)store_i64(q, 0));
	begin_event(e, CATEGORY_FINDINGS, COMPLIANCE_FINDING, 1,
		    number_of(severities, LENGTH(severities), store_slice(q, 1), 99), e->facts->to_ns);
	json_begin_object(j, "finding_info");
	json_add_string(j, "uid", uid);
	json_add_slice(j, "title", store_slice(q, 4));
	json_add_slice(j, "desc", store_slice(q, 5));
	json_end_object(j);
	json_begin_object(j, "compliance");
	json_add_slice(j, "control", store_slice(q, 3));
	json_begin_array(j, "standards");
	json_add_string(j, NULL, "airgap-verify checks");
	json_end_array(j);
	json_add_i64(j, "status_id", number_of(effects, LENGTH(effects), store_slice(q, 2), 99));
	json_add_slice(j, "status", store_slice(q, 2));
	json_end_object(j);
	if (store_slice(q, 8).size) {
		json_begin_object(j, "remediation");
		json_add_slice(j, "desc", store_slice(q, 8));
		json_end_object(j);
	}
	end_event(e);
}

static enum status add_each(struct events *e, enum query query, void (*add)(struct events *e, sqlite3_stmt *q),
			    struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(e->store, query);
	if (query == QUERY_REPORT_FINDINGS)
		store_bind_i64(q, 1, FINDINGS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		add(e, q);
		status = stream_flush(&e->out, false, err);
	}
	sqlite3_reset(q);
	return status;
}

enum status ocsf_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct events e = {.store = store, .facts = &facts, .out = stream_to(fd)};
	status = add_each(&e, QUERY_OCSF_ATTEMPTS, add_attempt, err);
	if (!status)
		status = add_each(&e, QUERY_OCSF_LOOKUPS, add_lookup, err);
	if (!status)
		status = add_each(&e, QUERY_REPORT_FINDINGS, add_finding, err);
	if (!status)
		status = stream_flush(&e.out, true, err);
	stream_free(&e.out);
	return status;
}
