/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A log of an application in the copy: not its bytes, but what was read of them. Each line
 * of the original becomes one of these, each entry of a line with several one more:
 *
 *   {"redacted":"event","time":"…","process":"…","host":"…","port":443,…}
 *   {"redacted":"other"}    understood, but about no connection
 *   not understood          it was not (and this is not, by any reader)
 *
 * One that no reader took has one line that was not understood, so that none takes the copy.
 * Lines in front of the session are empty. Which lines were not understood is not known any
 * more, only how many: they stand at the end. The description by which these lines are read
 * is put among those that the session keeps.
 */
#include "redact/copy_parts.h"

#include "core/clock.h"

#include <stdio.h>

const char copy_log_description[] =
	"# A log as airgap-verify redact writes it anew.\n"
	"[log]\n"
	"name = " COPY_LOG_NAME "\n"
	"about = a log of which the copy holds what was read of it\n"
	"format = json\n"
	"time_layout = iso\n"
	"zone = utc\n"
	"sure = 99\n"
	"\n"
	"[event connection]\n"
	"when redacted = event\n"
	"time = time\n"
	"process = process\n"
	"pid = pid\n"
	"host = host\n"
	"dst = dst\n"
	"port = port\n"
	"src = src\n"
	"sport = sport\n"
	"proto = proto\n"
	"disposition = disposition\n"
	"direction = direction\n"
	"count = count\n"
	"until = until\n"
	"\n"
	"[event other]\n"
	"when redacted = other\n"
	"is = mark\n"
	"\n"
	"[disposition]\n"
	"allowed = allowed\n"
	"blocked = blocked\n"
	"logged = logged\n"
	"\n"
	"[direction]\n"
	"in = in\n"
	"out = out\n"
	"forward = forward\n";

enum { TEXT_MAX = 1 << 16 };

struct reading {
	int64_t id;
	uint64_t skip;          /* bytes in front of the session */
	uint64_t other, unread; /* lines that are still to be written */
	uint64_t line;          /* number of the next */
};

/* The columns of redact_log_events.sql. */
enum { LINE, TIME, PROCESS, PID, HOST, DST, PORT, SRC, SPORT, PROTO, DISPOSITION, DIRECTION, COUNT, UNTIL };

static void add_masked(struct copy *c, struct json *j, const char *key, enum mask how, sqlite3_stmt *q, int column)
{
	AUTO_TEXT struct text text = text_make(TEXT_MAX);
	if (store_is_null(q, column))
		return;
	text_add(&text, store_slice(q, column));
	if (text.size)
		mask_text(c->p, how, (unsigned char *)text.at, text.size);
	json_add_slice(j, key, text_slice(&text));
}

/* A word that its reader gave it. */
static void add_own(struct json *j, const char *key, sqlite3_stmt *q, int column)
{
	static const char *const words[] = {"allowed", "blocked", "logged", "in", "out", "forward"};
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_is(store_slice(q, column), words[i]))
			json_add_string(j, key, words[i]);
}

static void add_number(struct json *j, const char *key, sqlite3_stmt *q, int column)
{
	if (!store_is_null(q, column))
		json_add_i64(j, key, store_i64(q, column));
}

static void add_time(struct json *j, const char *key, sqlite3_stmt *q, int column)
{
	char text[CLOCK_TEXT_MAX];
	if (store_is_null(q, column))
		return;
	clock_text(store_i64(q, column), 9, text);
	json_add_string(j, key, text);
}

static void write_event(struct copy *c, sqlite3_stmt *q, struct sink *out)
{
	struct json j = json_on(&out->text);
	json_begin_object(&j, NULL);
	json_add_string(&j, "redacted", "event");
	add_time(&j, "time", q, TIME);
	add_masked(c, &j, "process", MASK_PATH, q, PROCESS);
	add_number(&j, "pid", q, PID);
	add_masked(c, &j, "host", MASK_NAME, q, HOST);
	add_masked(c, &j, "dst", MASK_NAME, q, DST);
	add_number(&j, "port", q, PORT);
	add_masked(c, &j, "src", MASK_NAME, q, SRC);
	add_number(&j, "sport", q, SPORT);
	add_masked(c, &j, "proto", MASK_TEXT, q, PROTO);
	add_own(&j, "disposition", q, DISPOSITION);
	add_own(&j, "direction", q, DIRECTION);
	add_number(&j, "count", q, COUNT);
	add_time(&j, "until", q, UNTIL);
	json_end_object(&j);
	text_add_char(&out->text, '\n');
}

/* A line that was no entry, of those that there were; else an empty one. */
static void write_other(struct reading *r, struct sink *out)
{
	if (r->other) {
		r->other--;
		text_add_string(&out->text, "{\"redacted\":\"other\"}");
	} else if (r->unread) {
		r->unread--;
		text_add_string(&out->text, "not understood");
	}
	text_add_char(&out->text, '\n');
	r->line++;
}

static enum status find(struct copy *c, const char *path, struct reading *ret, bool *ret_there, struct error *err)
{
	sqlite3_stmt *q = store_query(c->store, QUERY_REDACT_LOG);
	store_bind_text(q, 1, path);
	enum status status = store_step(q, ret_there, err);
	if (!status && *ret_there) {
		int64_t from = store_i64(q, 1), before = store_i64(q, 2);
		*ret = (struct reading){.id = store_i64(q, 0), .line = 1, .skip = before > from ? (uint64_t)(before - from) : 0,
					.other = (uint64_t)store_i64(q, 3), .unread = (uint64_t)store_i64(q, 4)};
	}
	sqlite3_reset(q);
	return status;
}

static enum status write_events(struct copy *c, struct reading *r, struct sink *out, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(c->store, QUERY_REDACT_LOG_EVENTS);
	store_bind_i64(q, 1, r->id);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		while (r->line < (uint64_t)store_i64(q, LINE) && !status) {
			write_other(r, out);
			status = sink_flush(out, false, err);
		}
		write_event(c, q, out);
		r->line++;
		if (!status)
			status = sink_flush(out, false, err);
	}
	sqlite3_reset(q);
	return status;
}

static enum status write_log(struct copy *c, struct reading *r, struct slice before, struct sink *out,
			     struct copy_log *log, struct error *err)
{
	struct cursor lines = cursor_over(before);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&lines, &line, NULL)) {
		text_add_char(&out->text, '\n');
		r->line++;
		status = sink_flush(out, false, err);
	}
	log->before = out->size + out->text.size;
	c->lines_unread += r->unread;
	if (!status)
		status = write_events(c, r, out, err);
	while (!status && (r->other || r->unread)) {
		write_other(r, out);
		status = sink_flush(out, false, err);
	}
	log->size = out->size + out->text.size;
	return status;
}

enum status copy_log(struct copy *c, const char *path, struct slice whole, struct sink *out, struct error *err)
{
	struct reading r;
	bool there;
	enum status status = find(c, path, &r, &there, err);
	if (status || !there)
		return status ? status : fail(err, ERR_MALFORMED, "no log that was read; of others nothing is known");
	struct copy_log *log = &c->logs[c->log_count++];
	*log = (struct copy_log){.original = path};
	snprintf(log->path, sizeof log->path, "applogs/%zu.ndjson", c->log_count);
	return write_log(c, &r, slice_part(whole, 0, (size_t)r.skip), out, log, err);
}

const struct copy_log *copy_log_of(const struct copy *c, struct slice path)
{
	for (size_t i = 0; i < c->log_count; i++)
		if (slice_is(path, c->logs[i].original))
			return &c->logs[i];
	return NULL;
}
