/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/attempts.h"

#include "analysis/places.h"

#include <stdlib.h>
#include <string.h>

enum { PORTS = 65536 };

/* Columns of QUERY_ATTEMPT_EACH, and of what it was judged to be before. */
enum { ID, DST, DPORT, PROTO, TIME, PROCESS, COMM, SUITE, CALL, LEFT, NETNS, SOURCE, IN_SESSION, OUTCOME, CARRIED, CLASS, LEAVES, VECTOR, RULE, CONFIDENCE,
       NAME, NAME_HOW, BROWSER, ALLOWED };

/* What of the session spoke to a port of this machine first. */
struct server {
	int64_t first, since_ns; /* first: 0 for nobody */
};

struct judging {
	struct purposes *p;
	const struct policy *policy;
	struct places *places;
	struct purpose local[PORTS + 1]; /* of what listens at a port here; the last: at any other */
	struct server servers[2][PORTS]; /* of TCP, of UDP */
	bool flows;
	struct purpose_name name; /* of the last one that leaves */
};

struct judged {
	const char *class; /* NULL: none */
	bool leaves, left, allowed;
	struct purpose purpose;
	const struct purpose_name *name;
};

static bool is_outside(const char *class)
{
	return class && strcmp(class, "loopback") != 0 && strcmp(class, "own") != 0 && strcmp(class, "unix") != 0;
}

/* Sockets of other families (proto "other") have no address, but raw ones of a protocol
 * without a name do. */
static enum status find_class(struct judging *j, sqlite3_stmt *row, const char **ret, struct error *err)
{
	const struct place *place;
	struct slice dst = store_slice(row, DST), proto = store_slice(row, PROTO);
	int64_t netns = store_i64(row, NETNS);
	*ret = slice_is(proto, "unix") ? "unix" : slice_is(proto, "vsock") ? "private" : NULL;
	if (*ret || dst.size == 0 || slice_is(proto, "packet"))
		return OK;
	enum status status = places_find(j->places, dst, &place, err);
	if (status || (slice_is(proto, "other") && !place->known))
		return status;
	return places_class(j->places, place, store_i64(row, TIME), store_is_null(row, NETNS) ? NULL : &netns, ret, err);
}

/* What was aimed at another machine; and, wherever it was aimed, what was seen on an
 * interface other than the loopback: addresses are translated on the way, and move. A UDP
 * connect only names the other side; what is sent afterwards counts. A socket that was only
 * made has no destination yet; what a trace tells of datagrams received has none at all,
 * nor has what a trace that somebody brought tells of a connection in which nothing was
 * sent. */
static enum status find_leaving(struct judging *j, sqlite3_stmt *row, const char *class, bool *ret, struct error *err)
{
	struct slice call = store_slice(row, CALL), proto = store_slice(row, PROTO);
	int64_t trace = 0;
	bool made = slice_is(call, "socket") || slice_is(call, "inherited"), tcp = slice_is(proto, "tcp");
	bool left = store_i64(row, LEFT) == 1, received = slice_is(call, "recv");
	*ret = !store_i64(row, SUITE) && !made && (left || is_outside(class));
	if (!*ret || left)
		return OK;
	*ret = !(slice_is(proto, "udp") && slice_is(call, "connect")) && (!received || tcp);
	if (!*ret || !received)
		return OK;
	sqlite3_stmt *q = store_query(j->p->store, QUERY_SOURCE_IS_TRACE);
	store_bind_i64(q, 1, store_i64(row, SOURCE));
	enum status status = store_number(q, &trace, err);
	*ret = !trace;
	return status;
}

static bool is_allowed(const struct policy *policy, sqlite3_stmt *row)
{
	struct address dst = {0};
	char proto[16];
	int64_t port = store_i64(row, DPORT);
	if (!address_parse(store_slice(row, DST), &dst))
		dst = (struct address){0};
	slice_to_string(store_slice(row, PROTO), proto, sizeof proto);
	return policy_allows(policy, &dst, port > 0 && port <= 65535 ? (unsigned)port : 0, proto);
}

static enum status own_flow(struct judging *j, int64_t attempt, int64_t *ret, struct error *err)
{
	*ret = 0;
	if (!j->flows)
		return OK;
	sqlite3_stmt *q = store_query(j->p->store, QUERY_FLOW_OF_ATTEMPT);
	store_bind_i64(q, 1, attempt);
	return store_number(q, ret, err);
}

/* What goes to others is for what its name and its program tell. */
static enum status judge_leaving(struct judging *j, sqlite3_stmt *row, struct judged *ret, struct error *err)
{
	const struct lineage *line;
	char dst[ADDRESS_TEXT_MAX + 64];
	int64_t flow;
	slice_to_string(store_slice(row, DST), dst, sizeof dst);
	enum status status = own_flow(j, store_i64(row, ID), &flow, err);
	if (!status)
		status = lineages_find(j->p->lineages, store_i64(row, PROCESS), store_slice(row, COMM), &line, err);
	if (status)
		return status;
	struct purpose_asked asked = {flow, dst, store_i64(row, DPORT), store_i64(row, TIME), false, line};
	status = purpose_find_name(j->p, &asked, &j->name, err);
	if (status)
		return status;
	ret->name = &j->name;
	ret->purpose = purpose_of(j->p, &asked, &j->name);
	ret->allowed = ret->leaves && is_allowed(j->policy, row);
	return OK;
}

/* Rows come by their numbers, and not quite in the order of time. */
static void note_server(struct judging *j, sqlite3_stmt *row, int64_t port)
{
	struct slice proto = store_slice(row, PROTO);
	struct slice outcome = store_slice(row, OUTCOME);
	bool udp = slice_is(proto, "udp");
	bool answered = slice_is(outcome, "ok") || slice_is(outcome, "pending") || slice_is(outcome, "unknown");
	if (!store_i64(row, IN_SESSION) || !answered || port < 0 || port >= PORTS || (!udp && !slice_is(proto, "tcp")))
		return;
	struct server *s = &j->servers[udp][port];
	int64_t time = store_i64(row, TIME);
	if (!s->first || time < s->since_ns)
		s->since_ns = time;
	if (!s->first)
		s->first = store_i64(row, ID);
}

static enum status judge_row(struct judging *j, sqlite3_stmt *row, struct judged *ret, struct error *err)
{
	enum status status = find_class(j, row, &ret->class, err);
	if (!status)
		status = find_leaving(j, row, ret->class, &ret->leaves, err);
	if (status)
		return status;
	/* Windows counts bytes of a connection when they are sent, and a connection is only
	 * made where packets went both ways. */
	ret->left = store_i64(row, CARRIED) && is_outside(ret->class);
	bool stays = ret->class && !is_outside(ret->class);
	int64_t port = store_i64(row, DPORT);
	if (ret->leaves || (!stays && !store_i64(row, SUITE) && !slice_is(store_slice(row, CALL), "socket")))
		return judge_leaving(j, row, ret, err);
	if (!stays)
		return OK;
	ret->purpose = j->local[port >= 0 && port < PORTS ? port : PORTS];
	note_server(j, row, port);
	return OK;
}

static bool is_text(sqlite3_stmt *row, int column, const char *text)
{
	return text ? !store_is_null(row, column) && slice_is(store_slice(row, column), text) : store_is_null(row, column);
}

static bool stands(sqlite3_stmt *row, const struct judged *v)
{
	const struct purpose_name *name = v->name && v->name->name[0] ? v->name : NULL;
	bool decided = v->purpose.rule.size > 0;
	return is_text(row, CLASS, v->class) && store_i64(row, LEAVES) == v->leaves && store_i64(row, ALLOWED) == v->allowed &&
	       (!v->left || store_i64(row, LEFT) == 1) && is_text(row, VECTOR, v->purpose.vector) &&
	       store_is_null(row, RULE) == !decided && slice_equal(store_slice(row, RULE), v->purpose.rule) &&
	       is_text(row, CONFIDENCE, decided ? v->purpose.confidence : NULL) && is_text(row, NAME, name ? name->name : NULL) &&
	       is_text(row, NAME_HOW, name ? name->how : NULL) && is_text(row, BROWSER, v->name ? v->purpose.browser : NULL);
}

static enum status write_row(struct judging *j, int64_t id, const struct judged *v, struct error *err)
{
	sqlite3_stmt *q = store_query(j->p->store, QUERY_ATTEMPT_JUDGE);
	store_bind_i64(q, 1, id);
	store_bind_text(q, 2, v->class);
	store_bind_i64(q, 3, v->leaves);
	store_bind_i64(q, 4, v->left);
	if (v->name)
		purpose_bind_all(q, 5, &v->purpose, v->name);
	else if (v->purpose.vector)
		purpose_bind(q, 5, &v->purpose);
	store_bind_i64(q, 11, v->allowed);
	return store_run(q, err);
}

/* The rows that are stepped through are changed, but for what they are found by. */
static enum status judge_rows(struct judging *j, struct error *err)
{
	bool more = true;
	sqlite3_stmt *row = store_query(j->p->store, QUERY_ATTEMPT_EACH);
	enum status status = OK;
	while (!status && !(status = store_step(row, &more, err)) && more) {
		struct judged v = {0};
		status = judge_row(j, row, &v, err);
		if (!status && !stands(row, &v))
			status = write_row(j, store_i64(row, ID), &v, err);
	}
	sqlite3_reset(row);
	return status;
}

/* What stays on the machine is for what listens there, as far as its port tells: by the
 * ports that the rules speak of, and any other. */
static enum status judge_ports(struct judging *j, struct error *err)
{
	struct purpose_name name = {0};
	struct purpose_asked asked = {.port = -1, .local = true};
	bool more = true;
	enum status status = store_run(store_query(j->p->store, QUERY_LOCAL_PORT_RESET), err);
	struct purpose other = purpose_of(j->p, &asked, &name);
	for (size_t i = 0; i <= PORTS; i++)
		j->local[i] = other;
	for (asked.port = 0; !status && more;) {
		sqlite3_stmt *q = store_query(j->p->store, QUERY_LOCAL_PORT_NEXT);
		store_bind_i64(q, 1, asked.port);
		status = store_step(q, &more, err);
		asked.port = !status && more ? store_i64(q, 0) : 0;
		sqlite3_reset(q);
		if (status || !more)
			continue;
		j->local[asked.port] = purpose_of(j->p, &asked, &name);
		q = store_query(j->p->store, QUERY_LOCAL_PORT_INSERT);
		store_bind_i64(q, 1, asked.port);
		purpose_bind(q, 2, &j->local[asked.port]);
		status = store_run(q, err);
	}
	return status;
}

static enum status write_servers(struct judging *j, struct error *err)
{
	enum status status = store_run(store_query(j->p->store, QUERY_LOCAL_SERVER_RESET), err);
	for (size_t i = 0; i < 2 * PORTS && !status; i++) {
		const struct server *s = &j->servers[i / PORTS][i % PORTS];
		if (!s->first)
			continue;
		sqlite3_stmt *q = store_query(j->p->store, QUERY_LOCAL_SERVER_INSERT);
		store_bind_text(q, 1, i / PORTS ? "udp" : "tcp");
		store_bind_i64(q, 2, (int64_t)(i % PORTS));
		store_bind_i64(q, 3, s->first);
		store_bind_i64(q, 4, s->since_ns);
		status = store_run(q, err);
	}
	return status;
}

enum status attempts_judge(struct purposes *p, const struct policy *policy, struct error *err)
{
	static const enum query last[] = {QUERY_INDEX_LEAVING, QUERY_INDEX_LEAVING_TO, QUERY_INDEX_APART};
	struct judging *j = must_alloc(1, sizeof *j);
	*j = (struct judging){.p = p, .policy = policy};
	int64_t flows = 0;
	enum status status = places_new(p->store, &j->places, err);
	if (!status)
		status = store_number(store_query(p->store, QUERY_FLOW_ANY), &flows, err);
	j->flows = flows != 0;
	if (!status)
		status = judge_ports(j, err);
	if (!status)
		status = judge_rows(j, err);
	if (!status)
		status = write_servers(j, err);
	for (size_t i = 0; i < LENGTH(last) && !status; i++)
		status = store_run(store_query(p->store, last[i]), err);
	places_free(j->places);
	free(j);
	return status;
}
