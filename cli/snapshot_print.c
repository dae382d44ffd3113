/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/snapshot_print.h"

#include "core/clock.h"
#include "core/json.h"

#include <string.h>

enum { NAME_SHOWN_MAX = 256, CHECKS_MAX = 4, SAID_MAX = 4096 };

/* The checks of posture that belong to one look. */
static const struct part {
	const char *title, *key;
	const char *checks[CHECKS_MAX];
} parts[] = {
	{"Model servers", "model_servers", {"posture_model_listen", "posture_model_forward"}},
	{"Firewall", "firewall", {"posture_firewall_default", "posture_firewall_forward"}},
	{"Resolver", "resolver", {"posture_resolver", "posture_doh"}},
	{"Proxies", "proxies", {"posture_proxy"}},
};

static const char *const reach_words[] = {
	[SNAPSHOT_EVERYWHERE] = "every interface", [SNAPSHOT_ADDRESS] = "this address", [SNAPSHOT_LOOPBACK] = "loopback only"};
static const char *const reach_keys[] = {
	[SNAPSHOT_EVERYWHERE] = "every", [SNAPSHOT_ADDRESS] = "address", [SNAPSHOT_LOOPBACK] = "loopback"};
static const char *const kind_keys[] = {
	[SNAPSHOT_LISTENER] = "listener", [SNAPSHOT_CONNECTION] = "connection", [SNAPSHOT_OTHER] = "other"};

static void add_end(const struct address *a, unsigned port, struct text *t)
{
	char address[ADDRESS_TEXT_MAX];
	address_text(a, address);
	text_addf(t, a->family == ADDRESS_V6 ? "[%s]:%u" : "%s:%u", address, port);
}

static void add_holder(const struct snapshot_row *row, struct text *t)
{
	if (!row->pid) {
		text_add_string(t, "not seen whose");
		return;
	}
	text_add_printable(t, slice_of_string(*row->comm ? row->comm : "?"), NAME_SHOWN_MAX);
	text_addf(t, " (pid %llu", (unsigned long long)row->pid);
	if (*row->exe) {
		text_add_string(t, ", ");
		text_add_printable(t, slice_of_string(row->exe), NAME_SHOWN_MAX);
	}
	if (row->holders > 1)
		text_addf(t, ", and %llu more", (unsigned long long)row->holders - 1);
	text_add_char(t, ')');
}

static void add_row(const struct snapshot_row *row, struct text *t)
{
	bool listens = row->kind == SNAPSHOT_LISTENER;
	AUTO_TEXT struct text ends = text_make(4 * ADDRESS_TEXT_MAX);
	add_end(&row->local, row->lport, &ends);
	if (!listens) {
		text_add_string(&ends, " → ");
		add_end(&row->remote, row->rport, &ends);
		text_addf(&ends, " %s", row->state);
	}
	text_addf(t, "  %-15s %-3s %-24s ", listens ? reach_words[row->reach] : address_class_name(row->class), row->proto,
		  text_string(&ends));
	add_holder(row, t);
	text_add_char(t, '\n');
}

static void add_kind(const struct snapshot_rows *r, enum snapshot_kind kind, const char *title, struct text *t)
{
	text_addf(t, "\n%s%s\n", title, r->counts[kind] ? "" : ": none");
	for (size_t i = 0; i < r->count; i++)
		if (r->at[i].kind == kind)
			add_row(&r->at[i], t);
}

static bool belongs(const struct part *p, const char *check)
{
	for (size_t i = 0; i < CHECKS_MAX && p->checks[i]; i++)
		if (!strcmp(p->checks[i], check))
			return true;
	return false;
}

/* Columns of posture_results.sql. */
enum { CHECK = 1, SUBJECT = 3, STATE = 4, FOUND = 7 };

/* Calls `add` for each answer of that part; `ret` gets their number. */
static enum status each_answer(struct store *store, const struct part *p, void (*add)(void *to, sqlite3_stmt *q), void *to,
			       size_t *ret, struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RESULTS);
	enum status status = store_step(q, &row, err);
	*ret = 0;
	for (; !status && row; status = store_step(q, &row, err)) {
		if (!belongs(p, store_text(q, CHECK)) || !strcmp(store_text(q, STATE), "absent"))
			continue;
		add(to, q);
		++*ret;
	}
	sqlite3_reset(q);
	return status;
}

static void add_answer_text(void *to, sqlite3_stmt *q)
{
	const char *state = store_text(q, STATE);
	struct text *t = to;
	text_addf(t, "  %-15s ", !strcmp(state, "finding") ? "look here" : !strcmp(state, "ok") ? "as it should be" : "not clear");
	text_add_printable(t, store_slice(q, FOUND), SAID_MAX);
	text_add_char(t, '\n');
}

/* What is hidden, and what would show it. */
static void add_gaps(const struct snapshot_rows *r, struct text *t)
{
	uint64_t unowned = 0;
	for (size_t i = 0; i < r->count; i++)
		unowned += r->at[i].pid == 0;
	text_add_char(t, '\n');
	if (r->hidden)
		text_addf(t, "Hidden     what %llu of %llu processes hold: sudo airgap-verify snapshot shows it\n",
			  (unsigned long long)r->hidden, (unsigned long long)r->processes);
	if (unowned)
		text_addf(t, "Hidden     whose %llu %s; ended ones, and those of the kernel or of containers, are nobody's\n",
			  (unsigned long long)unowned, text_plural(unowned, "socket is", "sockets are"));
	if (r->left_out || r->tables_failed || r->skipped || !r->whole)
		text_addf(t, "Not whole  %llu sockets left out, %llu tables not read, %llu records not understood%s\n",
			  (unsigned long long)r->left_out, (unsigned long long)r->tables_failed, (unsigned long long)r->skipped,
			  r->whole ? "" : ", and its end is missing");
	text_add_string(t, "One look shows what is there now, not what was; to watch: airgap-verify session\n");
}

enum status snapshot_print_text(const struct snapshot_rows *r, struct store *store, struct text *ret, struct error *err)
{
	char when[CLOCK_TEXT_MAX];
	enum status status = OK;
	clock_text(r->time_ns, 0, when);
	text_addf(ret, "Looked at  %s: %zu sockets, %llu processes\n", when, r->count, (unsigned long long)r->processes);
	add_kind(r, SNAPSHOT_LISTENER, "Listening", ret);
	add_kind(r, SNAPSHOT_CONNECTION, "Connected", ret);
	for (size_t i = 0; i < LENGTH(parts) && !status; i++) {
		size_t count;
		text_addf(ret, "\n%s\n", parts[i].title);
		status = each_answer(store, &parts[i], add_answer_text, ret, &count, err);
		if (!status && !count)
			text_add_string(ret, "  none seen\n");
	}
	add_gaps(r, ret);
	return status;
}

static void add_row_json(struct json *j, const struct snapshot_row *row)
{
	char address[ADDRESS_TEXT_MAX];
	json_begin_object(j, NULL);
	json_add_string(j, "kind", kind_keys[row->kind]);
	json_add_string(j, "proto", row->proto);
	address_text(&row->local, address);
	json_add_string(j, "local", address);
	json_add_u64(j, "lport", row->lport);
	address_text(&row->remote, address);
	json_add_string(j, "remote", address);
	json_add_u64(j, "rport", row->rport);
	json_add_string(j, "state", row->state);
	json_add_string(j, "binds", row->kind == SNAPSHOT_LISTENER ? reach_keys[row->reach] : NULL);
	json_add_string(j, "class", row->kind == SNAPSHOT_CONNECTION ? address_class_name(row->class) : NULL);
	json_add_u64(j, "uid", row->uid);
	if (row->pid)
		json_add_u64(j, "pid", row->pid);
	else
		json_add_null(j, "pid");
	json_add_u64(j, "holders", row->holders);
	json_add_string(j, "comm", *row->comm ? row->comm : NULL);
	json_add_string(j, "exe", *row->exe ? row->exe : NULL);
	json_end_object(j);
}

static void add_answer_json(void *to, sqlite3_stmt *q)
{
	struct json *j = to;
	json_begin_object(j, NULL);
	json_add_slice(j, "check", store_slice(q, CHECK));
	json_add_slice(j, "subject", store_slice(q, SUBJECT));
	json_add_slice(j, "state", store_slice(q, STATE));
	json_add_slice(j, "found", store_slice(q, FOUND));
	json_end_object(j);
}

enum status snapshot_print_json(const struct snapshot_rows *r, struct store *store, struct text *ret, struct error *err)
{
	struct json j = json_on(ret);
	enum status status = OK;
	size_t count;
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify snapshot");
	json_add_u64(&j, "version", 1);
	json_add_time(&j, "time_ns", r->time_ns);
	json_add_bool(&j, "whole", r->whole && !r->left_out && !r->tables_failed && !r->skipped);
	json_add_u64(&j, "left_out", r->left_out);
	json_add_u64(&j, "tables_failed", r->tables_failed);
	json_add_u64(&j, "skipped", r->skipped);
	json_add_u64(&j, "processes", r->processes);
	json_add_u64(&j, "processes_hidden", r->hidden);
	json_begin_array(&j, "sockets");
	for (size_t i = 0; i < r->count; i++)
		add_row_json(&j, &r->at[i]);
	json_end_array(&j);
	for (size_t i = 0; i < LENGTH(parts) && !status; i++) {
		json_begin_array(&j, parts[i].key);
		status = each_answer(store, &parts[i], add_answer_json, &j, &count, err);
		json_end_array(&j);
	}
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status;
}
