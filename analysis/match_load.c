/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both sides out of the database, in their order.
 */
#include "analysis/match.h"

#include <stdlib.h>

enum { NAME_MAX_BYTES = 256 };

/* The name of a program as people write it: "/opt/Bodega One/bodega-one.exe" is
 * "bodegaone". 0 for none. */
static uint32_t program_of(struct match *m, struct slice text)
{
	unsigned char plain[NAME_MAX_BYTES];
	size_t size = 0;
	for (size_t at = slice_find(text, '/'); at < text.size; at = slice_find(text, '/'))
		text = slice_part(text, at + 1, text.size);
	for (size_t at = slice_find(text, '\\'); at < text.size; at = slice_find(text, '\\'))
		text = slice_part(text, at + 1, text.size);
	if (slice_ends(text, ".exe"))
		text = slice_part(text, 0, text.size - 4);
	for (size_t i = 0; i < text.size && size < sizeof plain; i++) {
		unsigned char c = text.at[i];
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
			plain[size++] = c;
	}
	return size ? intern_add(m->programs, slice_of(plain, size)) : 0;
}

static uint32_t text_of(struct match *m, struct slice text)
{
	unsigned char lower[NAME_MAX_BYTES];
	if (text.size > sizeof lower)
		return intern_add(m->texts, text);
	for (size_t i = 0; i < text.size; i++)
		lower[i] = text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] | 0x20 : text.at[i];
	return intern_add(m->texts, slice_of(lower, text.size));
}

static uint16_t number16(sqlite3_stmt *q, int column)
{
	int64_t value = store_i64(q, column);
	return value > 0 && value <= UINT16_MAX ? (uint16_t)value : 0;
}

static enum match_kind kind_of(sqlite3_stmt *q)
{
	struct slice outcome = store_slice(q, 7);
	bool left = store_i64(q, 8) != 0 || store_i64(q, 9) > 0;
	if (left || slice_is(outcome, "ok"))
		return KIND_HAPPENED;
	if (slice_is(outcome, "denied"))
		return KIND_STOPPED;
	bool pointed = slice_is(store_slice(q, 4), "udp") && slice_is(store_slice(q, 11), "connect");
	return pointed ? KIND_POINTED : KIND_BETWEEN;
}

static uint32_t pid_of(struct match *m, int64_t pid)
{
	if (pid <= 0 || pid >= MATCH_PID_MAX)
		return 0;
	m->pids[pid] = true;
	return (uint32_t)pid;
}

static int by_process(const void *left, const void *right)
{
	const struct match_program *a = left, *b = right;
	return (a->process > b->process) - (a->process < b->process);
}

static uint32_t program_of_process(const struct match *m, int64_t process)
{
	const struct match_program key = {.process = process}, *found = NULL;
	if (process && m->executable_count)
		found = bsearch(&key, m->executables, m->executable_count, sizeof key, by_process);
	return found ? found->program : 0;
}

static enum status add_attempt(struct match *m, sqlite3_stmt *q, struct error *err)
{
	if (m->attempt_count == m->attempt_room) {
		m->attempt_room = m->attempt_room ? m->attempt_room + m->attempt_room / 2 : 4096;
		m->attempts = must_realloc(m->attempts, m->attempt_room, sizeof *m->attempts);
	}
	struct match_attempt *a = &m->attempts[m->attempt_count++];
	*a = (struct match_attempt){
		.id = store_i64(q, 0),
		.time_ns = store_i64(q, 1),
		.entry = MATCH_NONE,
		.place = intern_add(m->texts, store_slice(q, 2)),
		.port = number16(q, 3),
		.proto = intern_add(m->texts, store_slice(q, 4)),
		.sport = number16(q, 5),
		.pid = pid_of(m, store_i64(q, 6)),
		.kind = (unsigned char)kind_of(q),
		.quiet = store_i64(q, 9) <= 0,
		.leaves = store_i64(q, 10) != 0,
		.exe = program_of_process(m, store_i64(q, 12)),
		.comm = program_of(m, store_slice(q, 13)),
	};
	if (a->place == INTERN_NONE || a->comm == INTERN_NONE ||
	    m->attempt_count >= MATCH_NONE)
		return fail(err, ERR_LIMIT, "more attempts than can be compared with logs");
	return OK;
}

static int by_time(const void *left, const void *right)
{
	const struct match_attempt *a = left, *b = right;
	if (a->time_ns != b->time_ns)
		return a->time_ns < b->time_ns ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static int by_log_and_time(const void *left, const void *right)
{
	const struct match_entry *a = left, *b = right;
	if (a->log != b->log)
		return a->log < b->log ? -1 : 1;
	if (a->time_ns != b->time_ns)
		return a->time_ns < b->time_ns ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* They mostly come in their order. */
static void sort(void *rows, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	const char *at = rows;
	for (size_t i = 1; i < count; i++)
		if (compare(at + (i - 1) * size, at + i * size) > 0) {
			qsort(rows, count, size, compare);
			return;
		}
}

typedef enum status add_fn(struct match *m, sqlite3_stmt *q, struct error *err);

static enum status each_row(struct match *m, enum query query, add_fn *add, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(m->store, query);
	enum status status = store_step(q, &row, err);
	while (!status && row) {
		status = add(m, q, err);
		if (!status)
			status = store_step(q, &row, err);
	}
	sqlite3_reset(q);
	return status;
}

static enum status add_log(struct match *m, sqlite3_stmt *q, struct error *err)
{
	(void)err;
	m->logs = must_realloc(m->logs, m->log_count + 1, sizeof *m->logs);
	m->logs[m->log_count++] = (struct match_log){
		.id = store_i64(q, 0), .slack_ns = store_i64(q, 1), .problem = store_i64(q, 2) != 0};
	return OK;
}

static enum status add_program(struct match *m, sqlite3_stmt *q, struct error *err)
{
	if (m->executable_count == m->executable_room) {
		m->executable_room = m->executable_room ? 2 * m->executable_room : 1024;
		m->executables = must_realloc(m->executables, m->executable_room, sizeof *m->executables);
	}
	struct match_program *p = &m->executables[m->executable_count++];
	*p = (struct match_program){store_i64(q, 0), program_of(m, store_slice(q, 1))};
	return p->program == INTERN_NONE ? fail(err, ERR_LIMIT, "more programs than can be compared with logs") : OK;
}

static enum status add_span(struct match *m, sqlite3_stmt *q, struct error *err)
{
	struct match_span *last = m->span_count ? &m->spans[m->span_count - 1] : NULL;
	(void)err;
	if (last && store_i64(q, 0) <= last->to_ns) {
		last->to_ns = store_i64(q, 1) > last->to_ns ? store_i64(q, 1) : last->to_ns;
		return OK;
	}
	m->spans = must_realloc(m->spans, m->span_count + 1, sizeof *m->spans);
	m->spans[m->span_count++] = (struct match_span){store_i64(q, 0), store_i64(q, 1)};
	return OK;
}

static enum status add_pid(struct match *m, sqlite3_stmt *q, struct error *err)
{
	(void)err;
	(void)pid_of(m, store_i64(q, 0));
	return OK;
}

static enum status add_watch(struct match *m, sqlite3_stmt *q, struct error *err)
{
	(void)err;
	m->from_ns = store_i64(q, 0);
	m->to_ns = store_i64(q, 1);
	return OK;
}

static uint32_t log_of(const struct match *m, int64_t id)
{
	size_t from = 0, to = m->log_count;
	while (from + 1 < to) {
		size_t middle = from + (to - from) / 2;
		if (m->logs[middle].id <= id)
			from = middle;
		else
			to = middle;
	}
	return (uint32_t)from;
}

static enum match_says says_of(struct slice disposition)
{
	return slice_is(disposition, "blocked") ? SAYS_BLOCKED
	       : slice_is(disposition, "allowed") ? SAYS_ALLOWED : SAYS_LOGGED;
}

static enum status add_entry(struct match *m, sqlite3_stmt *q, struct error *err)
{
	if (m->entry_count == m->entry_room) {
		m->entry_room = m->entry_room ? m->entry_room + m->entry_room / 2 : 4096;
		m->entries = must_realloc(m->entries, m->entry_room, sizeof *m->entries);
	}
	struct match_entry *e = &m->entries[m->entry_count++];
	struct slice proto = store_slice(q, 8);
	int64_t pid = store_i64(q, 10);
	*e = (struct match_entry){
		.id = store_i64(q, 0),
		.log = log_of(m, store_i64(q, 1)),
		.line = (uint32_t)store_i64(q, 2),
		.time_ns = store_i64(q, 3),
		.until_ns = store_i64(q, 4),
		.count = store_i64(q, 5) > 0 ? store_i64(q, 5) : 0,
		.target = text_of(m, store_slice(q, 6)),
		.port = number16(q, 7),
		.proto = proto.size ? text_of(m, proto) : 0,
		.sport = number16(q, 9),
		.pid = pid > 0 && pid <= INT32_MAX ? (uint32_t)pid : 0,
		.program = program_of(m, store_slice(q, 11)),
		.says = (unsigned char)says_of(store_slice(q, 12)),
		.attempt = MATCH_NONE,
		.rule = MATCH_RULES,
	};
	if (e->target == INTERN_NONE || e->program == INTERN_NONE || m->entry_count >= MATCH_NONE)
		return fail(err, ERR_LIMIT, "more entries of logs than can be compared");
	e->by = (unsigned char)((e->port ? BY_PORT : 0) | (proto.size ? BY_PROTO : 0) | (e->pid ? BY_PID : 0) |
				(e->sport ? BY_SPORT : 0));
	return OK;
}

static void divide_by_log(struct match *m)
{
	size_t at = 0;
	for (size_t i = 0; i < m->log_count; i++) {
		m->logs[i].from = (uint32_t)at;
		while (at < m->entry_count && m->entries[at].log == i)
			at++;
		m->logs[i].to = (uint32_t)at;
	}
}

enum status match_load(struct match *m, struct error *err)
{
	m->texts = intern_new(MATCH_TEXTS_MAX);
	m->programs = intern_new(MATCH_TEXTS_MAX);
	m->pids = must_alloc(MATCH_PID_MAX, sizeof *m->pids);
	(void)intern_add(m->programs, slice_of(NULL, 0));
	enum status status = each_row(m, QUERY_MATCH_LOGS, add_log, err);
	if (status || m->log_count == 0)
		return status;
	status = each_row(m, QUERY_MATCH_PROGRAMS, add_program, err);
	if (!status)
		status = each_row(m, QUERY_MATCH_ATTEMPTS, add_attempt, err);
	if (!status)
		status = each_row(m, QUERY_MATCH_PIDS, add_pid, err);
	if (!status)
		status = each_row(m, QUERY_MATCH_WATCH, add_watch, err);
	if (!status)
		status = each_row(m, QUERY_MATCH_SPANS, add_span, err);
	if (!status)
		status = each_row(m, QUERY_MATCH_ENTRIES, add_entry, err);
	if (status)
		return status;
	sort(m->attempts, m->attempt_count, sizeof *m->attempts, by_time);
	sort(m->entries, m->entry_count, sizeof *m->entries, by_log_and_time);
	divide_by_log(m);
	return match_target(m, err);
}

void match_free(struct match *m)
{
	for (size_t i = 0; i < m->target_count; i++)
		free(m->targets[i].places);
	free(m->targets);
	free(m->attempts);
	free(m->entries);
	free(m->logs);
	free(m->spans);
	free(m->pids);
	free(m->executables);
	intern_free(m->texts);
	intern_free(m->programs);
	*m = (struct match){0};
}
