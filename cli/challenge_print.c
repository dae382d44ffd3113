/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/challenge_print.h"

#include "cli/probe_target.h"
#include "core/json.h"

#include <string.h>

enum { FIELD_SHOWN = 200 };

/* Columns of QUERY_CHALLENGE_ROWS. */
enum column { PROBE, RESULT, WHERE, WITNESS, PROTO, DST, DPORT, CALL, ERRNO, ANSWER, DETAIL, CLAIMED, TRIED };

static void add_end(const struct address *a, unsigned port, struct text *ret)
{
	char text[ADDRESS_TEXT_MAX];
	bool brackets = port && a->family == ADDRESS_V6;
	address_text(a, text);
	text_addf(ret, "%s%s%s", brackets ? "[" : "", text, brackets ? "]" : "");
	if (port)
		text_addf(ret, ":%u", port);
}

void challenge_print_plan(const struct challenge *c, struct text *ret)
{
	text_add_string(ret, "each of these is tried once, from this machine to the sink of the policy:\n");
	for (size_t i = 0; i < probe_count; i++) {
		struct probe_target t = probe_target(&probes[i], c);
		text_addf(ret, "  %-8s ", probes[i].name);
		if (t.skipped) {
			text_addf(ret, "not tried: %s\n", t.skipped);
			continue;
		}
		add_end(&t.to, t.port, ret);
		if (t.via.family != ADDRESS_NONE) {
			text_add_string(ret, " through ");
			add_end(&t.via, t.via_port, ret);
		}
		text_addf(ret, "  %s\n", probes[i].about);
	}
	text_addf(ret, "NAME is %s; TOKEN is made anew each time\n", probe_name(c));
}

static void add_call(sqlite3_stmt *q, struct text *ret)
{
	int64_t code = store_i64(q, ERRNO);
	if (store_is_null(q, CALL))
		return;
	text_addf(ret, "%s: ", store_text(q, CALL));
	text_add_string(ret, code ? strerror((int)code) : "no error");
}

static void table_row(sqlite3_stmt *q, struct text *ret)
{
	AUTO_TEXT struct text call = text_make(FIELD_SHOWN);
	add_call(q, &call);
	text_addf(ret, "%-8s %-9s %-15s %-33s %s", store_text(q, PROBE), store_text(q, RESULT), store_text(q, WITNESS),
		  text_string(&call), store_text(q, WHERE));
	if (store_slice(q, DETAIL).size) {
		text_add_string(ret, "; ");
		text_add_printable(ret, store_slice(q, DETAIL), FIELD_SHOWN);
	}
	text_add_char(ret, '\n');
}

static void json_row(sqlite3_stmt *q, struct json *j)
{
	json_begin_object(j, NULL);
	json_add_slice(j, "probe", store_slice(q, PROBE));
	json_add_slice(j, "result", store_slice(q, RESULT));
	json_add_slice(j, "where", store_slice(q, WHERE));
	if (store_i64(q, TRIED)) {
		json_add_slice(j, "last_witness", store_slice(q, WITNESS));
		json_add_slice(j, "proto", store_slice(q, PROTO));
		json_add_slice(j, "dst", store_slice(q, DST));
		if (!store_is_null(q, DPORT))
			json_add_i64(j, "dport", store_i64(q, DPORT));
		json_add_slice(j, "call", store_slice(q, CALL));
		json_add_i64(j, "errno", store_i64(q, ERRNO));
		json_add_slice(j, "answer", store_slice(q, ANSWER));
		json_add_slice(j, "detail", store_slice(q, DETAIL));
	}
	json_add_raw(j, "claimed_by", store_slice(q, CLAIMED));
	json_end_object(j);
}

static enum status add_probes(struct store *store, struct json *j, bool json, struct text *ret, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_CHALLENGE_ROWS);
	bool row = true;
	enum status status = OK;
	if (!json)
		text_addf(ret, "%-8s %-9s %-15s %-33s %s\n", "PROBE", "RESULT", "LAST WITNESS", "LAST CALL", "WHERE");
	while (!status && (status = store_step(q, &row, err)) == OK && row)
		if (json)
			json_row(q, j);
		else
			table_row(q, ret);
	sqlite3_reset(q);
	return status;
}

static enum status add_claims(struct store *store, struct json *j, bool json, struct text *ret, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_CLAIM_ROWS);
	bool row = true, first = true;
	enum status status = OK;
	while (!status && (status = store_step(q, &row, err)) == OK && row) {
		if (json) {
			json_begin_object(j, NULL);
			json_add_slice(j, "layer", store_slice(q, 0));
			json_add_slice(j, "probe", store_slice(q, 1));
			json_add_slice(j, "state", store_slice(q, 2));
			json_end_object(j);
			continue;
		}
		text_add_string(ret, first ? "claims of the policy:\n" : "");
		text_add_string(ret, "  ");
		text_add_printable(ret, store_slice(q, 0), FIELD_SHOWN);
		text_addf(ret, ", %s: %s\n", store_text(q, 1), store_text(q, 2));
		first = false;
	}
	sqlite3_reset(q);
	return status;
}

struct counts {
	int64_t left, unknown, tried, unread;
};

static enum status count(struct store *store, struct counts *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_CHALLENGE_COUNTS);
	enum status status = store_step(q, &row, err);
	if (!status && row)
		*ret = (struct counts){store_i64(q, 0), store_i64(q, 1), store_i64(q, 2), store_i64(q, 3)};
	sqlite3_reset(q);
	return status;
}

/* What left is proven, whatever else could not be told. */
static const char *judge(const struct counts *c, int *ret_exit)
{
	bool open = c->unknown > 0 || c->tried == 0 || c->unread > 0;
	*ret_exit = c->left > 0 ? 1 : open ? 2 : 0;
	return c->left > 0 ? "left" : open ? "unknown" : "stopped";
}

static void add_sum(const struct counts *c, const char *folder, struct text *ret)
{
	text_addf(ret, "%lld %s tried: %lld %s stopped, %lld left this machine, %lld cannot be told", (long long)c->tried,
		  text_plural((uint64_t)c->tried, "way", "ways"), (long long)(c->tried - c->left - c->unknown),
		  text_plural((uint64_t)(c->tried - c->left - c->unknown), "was", "were"), (long long)c->left, (long long)c->unknown);
	if (c->unread)
		text_add_string(ret, "; the prober did not come to its end");
	text_addf(ret, "\nevidence: %s\n", folder);
}

enum status challenge_print(struct store *store, const char *folder, bool json, struct text *ret, int *ret_exit,
			    struct error *err)
{
	struct json j = json_on(ret);
	struct counts c = {0};
	enum status status = count(store, &c, err);
	const char *result = judge(&c, ret_exit);
	if (json) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "folder", folder);
		json_add_string(&j, "result", result);
		json_begin_array(&j, "probes");
	}
	if (!status)
		status = add_probes(store, &j, json, ret, err);
	if (json) {
		json_end_array(&j);
		json_begin_array(&j, "claims");
	}
	if (!status)
		status = add_claims(store, &j, json, ret, err);
	if (json) {
		json_end_array(&j);
		json_end_object(&j);
		text_add_char(ret, '\n');
	} else {
		add_sum(&c, folder, ret);
	}
	return status;
}
