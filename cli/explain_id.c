/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/explain_id.h"

#include "analysis/match_rule.h"
#include "cli/database.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { OUTPUT_MAX = 64 << 20, LINE_MAX_BYTES = 1 << 20, SHOWN_MAX = 4096, BUFFER = 1 << 16 };

/* The columns of why_match.sql. */
enum column {
	MATCH_ID, OUTCOME, RULE, OFFSET, MATCH_LOG,
	ATTEMPT, AT, WHO, CALL, DESTINATION, RESULT, FILE_NAME, RECORD,
	EVENT, LOG, COPY, LINE, LOG_TIME, DISPOSITION, TEXT,
	CLOCK_STATE, CLOCK_OFFSET, CLOCK_DRIFT, CLOCK_PAIRS, CLOCK_CONFIDENCE,
	FLOW, CAPTURE, PACKET, PROTO, SRC, SPORT, DST, DPORT, FIRST, PACKETS, BYTES,
};

struct explained {
	int folder; /* -1: only a database is there */
	bool as_json;
	struct text *out;
	struct json *json;
	sqlite3_stmt *q;
};

static enum status parse_id(const char *id, char ret_kind[static 16], int64_t *ret, struct error *err)
{
	static const char *const kinds[] = {"event", "attempt", "flow", "match"};
	struct cursor c = cursor_over(slice_of_string(id));
	struct slice kind;
	if (cursor_until(&c, ':', 15, &kind) && slice_to_string(kind, ret_kind, 16) && slice_i64(cursor_rest(&c), INT64_MAX, ret) &&
	    *ret > 0)
		for (size_t i = 0; i < LENGTH(kinds); i++)
			if (!strcmp(ret_kind, kinds[i]))
				return OK;
	return fail(err, ERR_USAGE, "\"%s\" names nothing: event:N, attempt:N, flow:N or match:N", id);
}

/* The n-th line of a file of the folder, from 1; empty where it cannot be had. */
static void read_line(int folder, const char *path, int64_t number, struct text *ret)
{
	struct error ignored = {0};
	AUTO_FD int fd = -1;
	char buffer[BUFFER];
	int64_t line = 1;
	ssize_t got;
	if (folder < 0 || !*path || file_open(folder, path, &fd, &ignored))
		return;
	while (line <= number && (got = read(fd, buffer, sizeof buffer)) > 0) {
		struct cursor c = cursor_over(slice_of(buffer, (size_t)got));
		while (line <= number && cursor_left(&c) > 0) {
			struct slice part;
			bool whole;
			if (!cursor_line(&c, &part, &whole))
				break;
			if (line == number)
				text_add(ret, part);
			line += whole;
		}
	}
}

/* A record as it stands in its file, or as the database has it. */
static void add_raw(struct explained *x, const char *file, int64_t number, enum column kept)
{
	AUTO_TEXT struct text raw = text_make(LINE_MAX_BYTES);
	read_line(x->folder, file, number, &raw);
	struct slice line = raw.size ? text_slice(&raw) : kept == TEXT ? store_slice(x->q, TEXT) : slice_of(NULL, 0);
	if (x->as_json) {
		json_add_slice(x->json, "raw", line);
		return;
	}
	if (!line.size)
		return;
	text_add_string(x->out, "      ");
	text_add_printable(x->out, line, SHOWN_MAX);
	text_add_char(x->out, '\n');
}

static void add_field(struct explained *x, const char *key, enum column at)
{
	if (store_is_null(x->q, (int)at))
		json_add_null(x->json, key);
	else if (sqlite3_column_type(x->q, (int)at) == SQLITE_INTEGER)
		json_add_i64(x->json, key, store_i64(x->q, (int)at));
	else
		json_add_slice(x->json, key, store_slice(x->q, (int)at));
}

static void add_shown(struct explained *x, enum column at)
{
	text_add_printable(x->out, store_slice(x->q, (int)at), SHOWN_MAX);
}

static void show_attempt(struct explained *x)
{
	static const enum column columns[] = {AT, WHO, CALL, DESTINATION, RESULT, FILE_NAME, RECORD};
	static const char *const keys[] = {"at", "who", "call", "destination", "outcome", "file", "record"};
	if (store_is_null(x->q, ATTEMPT))
		return;
	if (x->as_json) {
		json_begin_object(x->json, "attempt");
		add_field(x, "id", ATTEMPT);
		for (size_t i = 0; i < LENGTH(keys); i++)
			add_field(x, keys[i], columns[i]);
	} else {
		text_addf(x->out, "  the machine, attempt:%lld: at ", (long long)store_i64(x->q, ATTEMPT));
		add_shown(x, AT);
		text_add_char(x->out, ' ');
		add_shown(x, WHO);
		text_add_string(x->out, " called ");
		add_shown(x, CALL);
		text_add_string(x->out, " to ");
		add_shown(x, DESTINATION);
		text_add_string(x->out, ": ");
		add_shown(x, RESULT);
		text_add_string(x->out, "\n    ");
		add_shown(x, FILE_NAME);
		text_addf(x->out, ", record %lld\n", (long long)store_i64(x->q, RECORD));
	}
	add_raw(x, store_text(x->q, FILE_NAME), store_i64(x->q, RECORD), RECORD);
	if (x->as_json)
		json_end_object(x->json);
}

static void show_clock(struct explained *x)
{
	if (store_is_null(x->q, CLOCK_STATE))
		return;
	if (x->as_json) {
		json_begin_object(x->json, "clock");
		add_field(x, "state", CLOCK_STATE);
		add_field(x, "offset_ns", CLOCK_OFFSET);
		add_field(x, "drift_ppb", CLOCK_DRIFT);
		add_field(x, "pairs", CLOCK_PAIRS);
		add_field(x, "confidence", CLOCK_CONFIDENCE);
		json_end_object(x->json);
		return;
	}
	text_add_string(x->out, "    its clock: ");
	add_shown(x, CLOCK_STATE);
	if (!store_is_null(x->q, CLOCK_OFFSET))
		text_addf(x->out, ", %+.3f s from the machine's at the log's first entry%s, told by %lld %s",
			  (double)store_i64(x->q, CLOCK_OFFSET) / 1e9, store_i64(x->q, CLOCK_DRIFT) ? " and drifting" : "",
			  (long long)store_i64(x->q, CLOCK_PAIRS), text_plural((uint64_t)store_i64(x->q, CLOCK_PAIRS), "pair", "pairs"));
	text_add_string(x->out, "; confidence: ");
	add_shown(x, CLOCK_CONFIDENCE);
	text_add_char(x->out, '\n');
}

static void show_event(struct explained *x)
{
	char time[CLOCK_TEXT_MAX];
	if (store_is_null(x->q, EVENT))
		return;
	clock_text(store_i64(x->q, LOG_TIME), 3, time);
	if (x->as_json) {
		json_begin_object(x->json, "event");
		add_field(x, "id", EVENT);
		add_field(x, "log", LOG);
		add_field(x, "file", COPY);
		add_field(x, "line", LINE);
		add_field(x, "time_ns", LOG_TIME);
		add_field(x, "disposition", DISPOSITION);
	} else {
		text_addf(x->out, "  the log, event:%lld: at %s it says ", (long long)store_i64(x->q, EVENT), time);
		add_shown(x, DISPOSITION);
		text_add_string(x->out, "\n    ");
		add_shown(x, LOG);
		text_addf(x->out, ", line %lld\n", (long long)store_i64(x->q, LINE));
	}
	add_raw(x, store_text(x->q, COPY), store_i64(x->q, LINE), TEXT);
	show_clock(x);
	if (x->as_json)
		json_end_object(x->json);
}

static void show_flow(struct explained *x)
{
	static const enum column columns[] = {CAPTURE, PACKET, PROTO, SRC, SPORT, DST, DPORT, FIRST, PACKETS, BYTES};
	static const char *const keys[] = {"file", "packet", "proto", "src", "sport", "dst", "dport", "first_ns", "packets_out",
					   "bytes_out"};
	if (store_is_null(x->q, FLOW))
		return;
	if (x->as_json) {
		json_begin_object(x->json, "flow");
		add_field(x, "id", FLOW);
		for (size_t i = 0; i < LENGTH(keys); i++)
			add_field(x, keys[i], columns[i]);
		json_end_object(x->json);
		return;
	}
	text_addf(x->out, "  packets, flow:%lld: ", (long long)store_i64(x->q, FLOW));
	add_shown(x, PROTO);
	text_add_string(x->out, " from ");
	add_shown(x, SRC);
	text_addf(x->out, " port %lld to ", (long long)store_i64(x->q, SPORT));
	add_shown(x, DST);
	text_addf(x->out, " port %lld, %lld %s out\n    ", (long long)store_i64(x->q, DPORT), (long long)store_i64(x->q, PACKETS),
		  text_plural((uint64_t)store_i64(x->q, PACKETS), "packet", "packets"));
	add_shown(x, CAPTURE);
	text_addf(x->out, ", first packet %lld\n", (long long)store_i64(x->q, PACKET));
}

static void show_match(struct explained *x)
{
	const struct match_rule_row *rule = match_rule_find(store_text(x->q, RULE));
	const char *about = rule ? rule->about : "the rule is not one of this build: judge again";
	if (x->as_json) {
		json_begin_object(x->json, NULL);
		add_field(x, "id", MATCH_ID);
		add_field(x, "outcome", OUTCOME);
		add_field(x, "rule", RULE);
		json_add_string(x->json, "because", about);
		json_add_string(x->json, "effect", rule && *rule->effect ? rule->effect : NULL);
		add_field(x, "offset_ns", OFFSET);
		add_field(x, "log", MATCH_LOG);
	} else {
		text_addf(x->out, "match:%lld: ", (long long)store_i64(x->q, MATCH_ID));
		add_shown(x, OUTCOME);
		text_addf(x->out, ", because %s (rule %s)\n", about, rule ? rule->id : "?");
	}
	show_event(x);
	show_attempt(x);
	show_flow(x);
	if (x->as_json)
		json_end_object(x->json);
	else if (!store_is_null(x->q, OFFSET))
		text_addf(x->out, "  the entry's time less the attempt's: %.3f s\n", (double)store_i64(x->q, OFFSET) / 1e9);
}

/* What the judgement rests on it, also where nothing else was there to be held against it. */
static enum status show_findings(struct explained *x, struct store *store, const char *kind, int64_t number, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_WHY_FINDING);
	store_bind_text(q, 1, kind);
	store_bind_i64(q, 2, number);
	json_begin_array(x->json, "findings");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		json_begin_object(x->json, NULL);
		json_add_i64(x->json, "id", store_i64(q, 0));
		json_add_string(x->json, "effect", store_text(q, 1));
		json_add_string(x->json, "title", store_text(q, 2));
		json_end_object(x->json);
		if (!x->as_json)
			text_addf(x->out, "  finding %lld (%s): %s\n", (long long)store_i64(q, 0), store_text(q, 1), store_text(q, 2));
	}
	json_end_array(x->json);
	sqlite3_reset(q);
	return status;
}

static enum status show_all(struct explained *x, struct store *store, const char *kind, int64_t number, struct error *err)
{
	bool row = true;
	size_t count = 0;
	int64_t there = 0;
	sqlite3_stmt *q = store_query(store, QUERY_WHY_THERE);
	store_bind_text(q, 1, kind);
	store_bind_i64(q, 2, number);
	enum status status = store_number(q, &there, err);
	if (!status && !there)
		status = fail(err, ERR_NO_INPUT, "there is no %s:%lld", kind, (long long)number);
	x->q = store_query(store, QUERY_WHY_MATCH);
	store_bind_text(x->q, 1, kind);
	store_bind_i64(x->q, 2, number);
	json_begin_array(x->json, "matches");
	while (!status && !(status = store_step(x->q, &row, err)) && row) {
		show_match(x);
		count++;
	}
	json_end_array(x->json);
	sqlite3_reset(x->q);
	if (!status && count == 0 && !x->as_json)
		text_addf(x->out, "%s:%lld: no other record was held against it\n", kind, (long long)number);
	return status ? status : show_findings(x, store, kind, number, err);
}

enum status explain_id(const char *path, const char *id, bool as_json, struct text *ret, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	AUTO_TEXT struct text unused = text_make(OUTPUT_MAX);
	struct json j = json_on(as_json ? ret : &unused);
	struct explained x = {.folder = -1, .as_json = as_json, .out = ret, .json = &j};
	AUTO_FD int folder = -1;
	char kind[16];
	int64_t number = 0;
	struct stat st;
	enum status status = parse_id(id, kind, &number, err);
	if (!status)
		status = database_open(path, STORE_READ, &store, err);
	if (!status && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		status = file_open_folder(AT_FDCWD, path, &folder, err);
	if (status)
		return status;
	x.folder = folder;
	json_begin_object(&j, NULL);
	json_add_string(&j, "id", id);
	status = show_all(&x, store, kind, number, err);
	json_end_object(&j);
	if (as_json)
		text_add_char(ret, '\n');
	return status || !ret->overflow ? status : fail(err, ERR_LIMIT, "more than can be shown");
}
