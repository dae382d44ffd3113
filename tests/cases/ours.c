/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our rows of one capture, and how they are looked up.
 */
#include "tests/cases/cases.h"

#include "core/store.h"

#include <string.h>
#include <strings.h>

static const char *column(struct arena *arena, sqlite3_stmt *q, int at)
{
	const char *text = arena_string(arena, slice_of_string(store_text(q, at)));
	return text ? text : "";
}

static int32_t port_of(sqlite3_stmt *q, int at)
{
	return store_is_null(q, at) ? -1 : (int32_t)store_i64(q, at);
}

static struct address column_address(sqlite3_stmt *q, int at)
{
	return address_of(store_text(q, at));
}

static void load_flow(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_flow *)row = (struct our_flow){
		.id = store_i64(q, 0),
		.proto = column(arena, q, 1),
		.state = column(arena, q, 2),
		.src = column_address(q, 3),
		.sport = port_of(q, 4),
		.dst = column_address(q, 5),
		.dport = port_of(q, 6),
		.packets = {(uint64_t)store_i64(q, 7), (uint64_t)store_i64(q, 8)},
		.bytes = {(uint64_t)store_i64(q, 9), (uint64_t)store_i64(q, 10)},
		.outer = store_i64(q, 11),
		.pid = store_i64(q, 12),
		.process = column(arena, q, 13),
	};
}

static void load_query(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_query *)row = (struct our_query){
		.name = column(arena, q, 0),
		.type = column(arena, q, 1),
		.rcode = column(arena, q, 2),
		.answers = column(arena, q, 3),
		.transport = column(arena, q, 4),
		.client = column_address(q, 5),
		.sport = port_of(q, 6),
		.server = column_address(q, 7),
		.dport = port_of(q, 8),
		.packet = store_i64(q, 9),
	};
}

static void load_name(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_name *)row = (struct our_name){
		.flow = store_i64(q, 0),
		.name = column(arena, q, 1),
		.how = column(arena, q, 2),
		.detail = column(arena, q, 3),
	};
}

static void load_skip(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_skip *)row = (struct our_skip){column(arena, q, 0), (uint64_t)store_i64(q, 1)};
}

static void load_event(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_event *)row = (struct our_event){
		.line = store_i64(q, 0),
		.time_ns = store_i64(q, 1),
		.host = column(arena, q, 2),
		.dst = column_address(q, 3),
		.dport = port_of(q, 4),
		.src = column_address(q, 5),
		.sport = port_of(q, 6),
		.proto = column(arena, q, 7),
		.disposition = column(arena, q, 8),
		.direction = column(arena, q, 9),
	};
}

static void load_attempt(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_attempt *)row = (struct our_attempt){
		.call = column(arena, q, 0),
		.proto = column(arena, q, 1),
		.src = column(arena, q, 2),
		.sport = port_of(q, 3),
		.dst = column(arena, q, 4),
		.dport = port_of(q, 5),
		.pid = store_is_null(q, 6) ? -1 : store_i64(q, 6),
		.comm = column(arena, q, 7),
	};
}

static void load_process(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_process *)row = (struct our_process){
		.pid = store_i64(q, 0),
		.ppid = store_i64(q, 1),
		.comm = column(arena, q, 2),
		.exe = column(arena, q, 3),
		.ended = !store_is_null(q, 4),
	};
}

static int64_t number_or_none(sqlite3_stmt *q, int at)
{
	return store_is_null(q, at) ? -1 : store_i64(q, at);
}

static void load_socket(struct arena *arena, sqlite3_stmt *q, void *row)
{
	*(struct our_socket *)row = (struct our_socket){
		.proto = column(arena, q, 0),
		.local = column(arena, q, 1),
		.lport = port_of(q, 2),
		.remote = column(arena, q, 3),
		.rport = port_of(q, 4),
		.state = column(arena, q, 5),
		.pid = number_or_none(q, 6),
		.process = column(arena, q, 7),
		.uid = number_or_none(q, 8),
	};
}

static const struct table {
	const char *count, *select;
	size_t size;
	void (*load)(struct arena *arena, sqlite3_stmt *q, void *row);
} tables[] = {
	{"SELECT count(*) FROM flow",
	 "SELECT id, proto, state, src, sport, dst, dport, packets_out, packets_in, bytes_out,"
	 " bytes_in, outer, pid, process FROM flow ORDER BY first_packet, id",
	 sizeof(struct our_flow), load_flow},
	{"SELECT count(*) FROM dns",
	 "SELECT qname, qtype, rcode, answers, transport, client, sport, server, dport, packet"
	 " FROM dns ORDER BY id",
	 sizeof(struct our_query), load_query},
	{"SELECT count(*) FROM name", "SELECT flow, name, how, detail FROM name ORDER BY id",
	 sizeof(struct our_name), load_name},
	{"SELECT count(*) FROM skipped", "SELECT reason, count FROM skipped", sizeof(struct our_skip),
	 load_skip},
	{"SELECT count(*) FROM v_socket",
	 "SELECT proto, local, lport, remote, rport, state, pid, process, uid FROM v_socket ORDER BY id",
	 sizeof(struct our_socket), load_socket},
	{"SELECT count(*) FROM attempt",
	 "SELECT call, proto, src, sport, dst, dport, pid, comm FROM attempt ORDER BY id",
	 sizeof(struct our_attempt), load_attempt},
	{"SELECT count(*) FROM process", "SELECT pid, ppid, comm, exe, last_ns FROM process ORDER BY id",
	 sizeof(struct our_process), load_process},
	{"SELECT count(*) FROM app_event",
	 "SELECT line, time_ns, host, dst, dport, src, sport, proto, disposition, dir FROM app_event"
	 " ORDER BY line, id",
	 sizeof(struct our_event), load_event},
};

static enum status fail_sql(sqlite3 *db, struct error *err)
{
	return fail(err, ERR_STORE, "%s", sqlite3_errmsg(db));
}

static enum status number_of(sqlite3 *db, const char *sql, uint64_t *ret, struct error *err)
{
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		return fail_sql(db, err);
	*ret = sqlite3_step(q) == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(q, 0) : 0;
	sqlite3_finalize(q);
	return OK;
}

static enum status load_table(sqlite3 *db, const struct table *t, struct arena *arena, void **ret,
			      size_t *ret_count, struct error *err)
{
	sqlite3_stmt *q = NULL;
	uint64_t count = 0;
	enum status status = number_of(db, t->count, &count, err);
	if (status)
		return status;
	char *rows = arena_alloc(arena, (count + 1) * t->size);
	if (count > CASES_ROWS_MAX || !rows)
		return fail(err, ERR_LIMIT, "more rows than a case has");
	if (sqlite3_prepare_v2(db, t->select, -1, &q, NULL) != SQLITE_OK)
		return fail_sql(db, err);
	size_t at = 0;
	for (; at < count && sqlite3_step(q) == SQLITE_ROW; at++)
		t->load(arena, q, rows + at * t->size);
	sqlite3_finalize(q);
	*ret = rows;
	*ret_count = at;
	return OK;
}

static enum status load_tables(sqlite3 *db, struct arena *arena, struct ours *ret, struct error *err)
{
	void *rows[LENGTH(tables)];
	size_t counts[LENGTH(tables)];
	for (size_t i = 0; i < LENGTH(tables); i++) {
		enum status status = load_table(db, &tables[i], arena, &rows[i], &counts[i], err);
		if (status)
			return status;
	}
	ret->flows = rows[0], ret->flow_count = counts[0];
	ret->queries = rows[1], ret->query_count = counts[1];
	ret->names = rows[2], ret->name_count = counts[2];
	ret->skips = rows[3], ret->skip_count = counts[3];
	ret->sockets = rows[4], ret->socket_count = counts[4];
	ret->attempts = rows[5], ret->attempt_count = counts[5];
	ret->processes = rows[6], ret->process_count = counts[6];
	ret->events = rows[7], ret->event_count = counts[7];
	return number_of(db, "SELECT sum(records) FROM source", &ret->records, err);
}

enum status ours_load(const char *database, struct arena *arena, struct ours *ret, struct error *err)
{
	sqlite3 *db = NULL;
	enum status status = OK;
	if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		status = fail_sql(db, err);
	else
		status = load_tables(db, arena, ret, err);
	sqlite3_close(db);
	return status;
}

static bool same_end(const struct address *a, int32_t a_port, const struct address *b, int32_t b_port)
{
	return address_equal(a, b) && (a_port < 0 || b_port < 0 || a_port == b_port);
}

bool same_ends(const struct our_flow *f, const struct ends *e, bool *ret_turned)
{
	if (e->proto && strcmp(f->proto, e->proto))
		return false;
	*ret_turned = false;
	if (same_end(&f->src, f->sport, &e->a, e->a_port) &&
	    same_end(&f->dst, f->dport, &e->b, e->b_port))
		return true;
	*ret_turned = true;
	return same_end(&f->src, f->sport, &e->b, e->b_port) &&
	       same_end(&f->dst, f->dport, &e->a, e->a_port);
}

bool same_name(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

struct our_flow *best_flow(struct ours *o, const struct ends *e, const uint64_t bytes[])
{
	struct our_flow *best = NULL;
	int most = -1;
	for (size_t i = 0; i < o->flow_count; i++) {
		struct our_flow *f = &o->flows[i];
		bool turned;
		if (!same_ends(f, e, &turned))
			continue;
		int score = (f->used ? 0 : 8) + (turned ? 0 : 4) +
			    (bytes && bytes[0] == f->bytes[turned] ? 2 : 0) +
			    (bytes && bytes[1] == f->bytes[!turned] ? 1 : 0);
		if (score > most) {
			most = score;
			best = f;
		}
	}
	return best;
}

const struct our_flow *flow_of(const struct ours *o, int64_t id)
{
	for (size_t i = 0; i < o->flow_count; i++)
		if (o->flows[i].id == id)
			return &o->flows[i];
	return NULL;
}

bool has_name(const struct ours *o, const struct ends *e, const char *name, const char *how)
{
	for (size_t i = 0; i < o->name_count; i++) {
		const struct our_name *n = &o->names[i];
		bool turned;
		if (!same_name(n->name, name) || !strstr(n->how, how))
			continue;
		const struct our_flow *f = e ? flow_of(o, n->flow) : NULL;
		if (!e || (f && same_ends(f, e, &turned)))
			return true;
	}
	return false;
}

/* A NetBIOS name stands with the kind of its service behind: "NAME<00>". */
static bool asks_for(const struct our_query *q, const char *name)
{
	size_t size = strlen(name);
	if (same_name(q->name, name))
		return true;
	return !strcmp(q->transport, "nbns") && !strncasecmp(q->name, name, size) && q->name[size] == '<';
}

bool has_query(const struct ours *o, const struct ends *e, const char *name, const char *type)
{
	for (size_t i = 0; i < o->query_count; i++) {
		const struct our_query *q = &o->queries[i];
		const struct our_flow as_flow = {
			.proto = "", .src = q->client, .sport = q->sport, .dst = q->server, .dport = q->dport};
		bool turned;
		if (!asks_for(q, name) || (type && strcmp(q->type, type)))
			continue;
		if (!e || same_ends(&as_flow,
				    &(struct ends){NULL, e->a, e->b, e->a_port, e->b_port}, &turned))
			return true;
	}
	return false;
}

bool has_detail(const struct ours *o, const char *part)
{
	for (size_t i = 0; i < o->name_count; i++)
		if (strstr(o->names[i].detail, part))
			return true;
	return false;
}
