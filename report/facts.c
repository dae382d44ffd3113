/* SPDX-License-Identifier: Apache-2.0 */
#include "report/facts.h"

#include "report/review_words.h"

enum {
	FACTS_MAX = 80 << 20, /* the policy alone may be 32 MiB */
	ACCEPTED_MAX = 8 * REVIEW_SHOWN_MAX,
};

static const char *const fact_names[FACT_COUNT] = {
	[FACT_ID] = "id",
	[FACT_HOST] = "host",
	[FACT_OS] = "os",
	[FACT_SYSTEM] = "system",
	[FACT_KERNEL] = "kernel",
	[FACT_MACHINE] = "machine",
	[FACT_USER] = "user",
	[FACT_UID] = "uid",
	[FACT_THROUGH] = "through",
	[FACT_TIER] = "tier",
	[FACT_SCOPE] = "scope",
	[FACT_COMMAND] = "command",
	[FACT_COMMAND_STATUS] = "command_status",
	[FACT_COMMAND_PROBLEM] = "command_problem",
	[FACT_COMMAND_ENDED] = "command_ended_ns",
	[FACT_WATCHED_PID] = "watched_pid",
	[FACT_CLOSE_REASON] = "close_reason",
	[FACT_STARTED] = "started_ns",
	[FACT_WATCH_FROM] = "watch_from_ns",
	[FACT_WATCH_TO] = "watch_to_ns",
	[FACT_CLOCK_SYNCHRONISED] = "clock_synchronised",
	[FACT_CLOCK_SOURCE] = "clock_source",
	[FACT_CLOCK_OFFSET] = "clock_offset_ns",
	[FACT_CLOCK_MAXIMUM_ERROR] = "clock_maximum_error_ns",
	[FACT_COLLECTOR_VERSION] = "collector_version",
	[FACT_COLLECTOR_SHA256] = "collector_sha256",
	[FACT_POLICY_SHA256] = "policy_sha256",
	[FACT_POLICY] = "policy",
	[FACT_FRAMEWORKS] = "policy_frameworks",
	[FACT_ORGANISATION] = "policy_organisation",
	[FACT_MARKING] = "policy_marking",
	[FACT_PAPER] = "policy_paper",
	[FACT_RETENTION] = "policy_retention_years",
};

static const char *const count_names[COUNT_COUNT] = {
	[COUNT_PROCESSES] = "processes",
	[COUNT_ATTEMPTS] = "attempts",
	[COUNT_LOCAL] = "attempts_local",
	[COUNT_LEAVING] = "attempts_leaving",
	[COUNT_ALLOWED] = "attempts_allowed_by_policy",
	[COUNT_UNKNOWN] = "attempts_destination_unknown",
	[COUNT_POINTED] = "udp_sockets_pointed",
	[COUNT_OTHERS] = "attempts_leaving_of_others",
	[COUNT_LOOKUPS] = "lookups",
	[COUNT_LOOKUPS_LOCAL] = "lookups_local",
	[COUNT_LOOKUPS_LEAVING] = "lookups_leaving",
	[COUNT_LOOKUPS_OTHERS] = "lookups_leaving_of_others",
	[COUNT_LOOKUPS_TOLD] = "lookup_findings",
	[COUNT_FLOWS] = "flows",
	[COUNT_FLOWS_LEAVING] = "flows_leaving",
	[COUNT_FLOWS_UNEXPLAINED] = "flows_leaving_unexplained",
	[COUNT_PACKETS] = "packets",
	[COUNT_FAILING] = "findings_fail",
	[COUNT_UNDECIDED] = "findings_inconclusive",
	[COUNT_FINDINGS] = "findings",
	[COUNT_SKIPPED] = "records_skipped",
	[COUNT_CANARIES] = "canaries",
	[COUNT_ARTIFACTS] = "artifacts",
	[COUNT_APP_EVENTS] = "app_log_events",
	[COUNT_APP_LOGS] = "app_logs",
};

const char *const facts_limits[] = {
	"The verdict speaks of the watched window alone. Telemetry and update checks may be hours "
	"or days apart; what a program does before or after was not seen.",
	"It speaks of the programs in the scope named above. In the scope \"session\" that is the "
	"command and what it started; a service that was running before and acts on its behalf is "
	"outside.",
	"The watching runs on the watched machine. A kernel, firmware or administrator that "
	"deceives it can deceive this report; a capture made on another machine is independent of "
	"that.",
	"Bluetooth, serial lines, removable media, printers, screens and other ways out that use "
	"no network socket were not watched.",
	"Connections to this machine itself are not egress here. Whether a local service passes on "
	"what it received is decided by watching that service too (scope \"host\").",
	"Of a session that was isolated: what other programs do with files that it wrote was not "
	"watched, nor what a server did that was carried in, unless the kernel witness was there.",
	"What was inside encrypted traffic is not known; destinations, names and sizes are.",
	"Times are this machine's own clock (host-asserted time); a time stamp beside the seal, where there is one, "
	"tells by when it was sealed.",
	NULL,
};

void facts_free(struct facts *f)
{
	arena_free(f->arena);
	f->arena = NULL;
}

static enum status keep(struct facts *f, struct slice value, const char **ret, struct error *err)
{
	*ret = arena_string(f->arena, value);
	if (*ret)
		return OK;
	*ret = "";
	return fail(err, ERR_LIMIT, "the facts of the session take more than %d bytes", FACTS_MAX);
}

static enum status read_accepted(struct facts *f, struct error *err)
{
	AUTO_TEXT struct text accepted = text_make(ACCEPTED_MAX);
	review_words_accepted(&accepted, f->reviews);
	return keep(f, text_slice(&accepted), &f->accepted, err);
}

static enum status read_values(struct store *store, struct facts *f, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_SESSION);
	while (!status && !(status = store_step(q, &row, err)) && row)
		for (size_t i = 0; i < FACT_COUNT && !status; i++)
			if (slice_is(store_slice(q, 0), fact_names[i]))
				status = keep(f, store_slice(q, 1), &f->value[i], err);
	sqlite3_reset(q);
	return status;
}

static enum status read_verdict(struct store *store, struct facts *f, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_VERDICT);
	enum status status = store_step(q, &f->judged, err);
	if (!status && f->judged) {
		status = keep(f, store_slice(q, 0), &f->verdict, err);
		if (!status)
			status = keep(f, store_slice(q, 1), &f->scope, err);
		f->from_ns = store_i64(q, 2);
		f->to_ns = store_i64(q, 3);
		if (!status)
			status = keep(f, store_slice(q, 4), &f->summary, err);
	}
	sqlite3_reset(q);
	return status;
}

static enum status read_counts(struct store *store, struct facts *f, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_COUNTS);
	enum status status = store_step(q, &row, err);
	for (int i = 0; i < COUNT_COUNT && !status && row; i++)
		f->count[i] = store_i64(q, i);
	sqlite3_reset(q);
	return status;
}

enum status facts_read(struct store *store, const struct report_form *form, struct facts *ret, struct error *err)
{
	static const struct report_form plain = {0};
	static const struct reviews none = {.count = 0};
	form = form ? form : &plain;
	*ret = (struct facts){
		.arena = arena_new(FACTS_MAX), .verdict = "", .scope = "", .summary = "", .frameworks = "", .accepted = ""};
	for (size_t i = 0; i < FACT_COUNT; i++)
		ret->value[i] = "";
	enum status status = read_values(store, ret, err);
	if (!status)
		status = read_verdict(store, ret, err);
	if (!status)
		status = read_counts(store, ret, err);
	ret->frameworks = form->frameworks ? form->frameworks : ret->value[FACT_FRAMEWORKS];
	ret->reviews = form->reviews ? form->reviews : &none;
	if (!status)
		status = read_accepted(ret, err);
	if (form->paper)
		ret->value[FACT_PAPER] = form->paper;
	if (!ret->scope[0])
		ret->scope = ret->value[FACT_SCOPE];
	if (!ret->from_ns)
		ret->from_ns = facts_number(ret, FACT_WATCH_FROM, 0);
	if (!ret->from_ns)
		ret->from_ns = facts_number(ret, FACT_STARTED, 0);
	if (!ret->to_ns)
		ret->to_ns = facts_number(ret, FACT_WATCH_TO, 0);
	return status;
}

const char *facts_count_name(enum count count)
{
	return count_names[count];
}

int64_t facts_number(const struct facts *f, enum fact fact, int64_t otherwise)
{
	int64_t value;
	return slice_i64(slice_of_string(f->value[fact]), INT64_MAX, &value) ? value : otherwise;
}
