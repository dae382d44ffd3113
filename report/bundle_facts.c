/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two small files for whoever looks for just that: was the clock right, and what made this.
 */
#include "report/bundle.h"

#include "report/facts.h"

#include "core/json.h"

static void add_fact(struct json *j, const struct facts *f, const char *key, enum fact fact)
{
	json_add_string(j, key, *f->value[fact] ? f->value[fact] : NULL);
}

enum status bundle_time(struct store *store, struct text *ret, struct error *err)
{
	AUTO_FACTS struct facts f;
	enum status status = facts_read(store, NULL, &f, err);
	if (status)
		return status;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "synchronised", *f.value[FACT_CLOCK_SYNCHRONISED] ? f.value[FACT_CLOCK_SYNCHRONISED] : "not known");
	add_fact(&j, &f, "source", FACT_CLOCK_SOURCE);
	add_fact(&j, &f, "offset_ns", FACT_CLOCK_OFFSET);
	add_fact(&j, &f, "maximum_error_ns", FACT_CLOCK_MAXIMUM_ERROR);
	json_add_time(&j, "from_ns", f.from_ns);
	json_add_time(&j, "to_ns", f.to_ns);
	json_add_string(&j, "time_of_signatures", "host-asserted: the clock of the machine that signed, unless a time stamp (RFC 3161) lies beside the seal");
	json_end_object(&j);
	text_add_char(ret, '\n');
	return OK;
}

static enum status add_losses(struct json *j, struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_WITNESSES);
	json_begin_array(j, "witnesses");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		json_begin_object(j, NULL);
		json_add_slice(j, "name", store_slice(q, 0));
		json_add_slice(j, "state", store_slice(q, 1));
		json_add_bool(j, "required", store_i64(q, 2) != 0);
		if (!store_is_null(q, 8))
			json_add_i64(j, "lost", store_i64(q, 8));
		json_end_object(j);
	}
	json_end_array(j);
	sqlite3_reset(q);
	return status;
}

enum status bundle_tool(struct store *store, struct text *ret, struct error *err)
{
	AUTO_FACTS struct facts f;
	enum status status = facts_read(store, NULL, &f, err);
	if (status)
		return status;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "name", "airgap-verify");
	json_add_string(&j, "version", VERSION);
	add_fact(&j, &f, "collector_version", FACT_COLLECTOR_VERSION);
	add_fact(&j, &f, "collector_sha256", FACT_COLLECTOR_SHA256);
	add_fact(&j, &f, "policy_sha256", FACT_POLICY_SHA256);
	add_fact(&j, &f, "tier", FACT_TIER);
	add_fact(&j, &f, "user", FACT_USER);
	add_fact(&j, &f, "rights_through", FACT_THROUGH);
	json_add_i64(&j, "canaries", f.count[COUNT_CANARIES]);
	status = add_losses(&j, store, err);
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status;
}
