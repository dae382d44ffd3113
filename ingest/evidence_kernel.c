/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of the kernel witness about sockets become rows of `attempt` and
 * `egress`. What an attempt came to is told by later records; the socket's cookie,
 * or the thread, ties them to it.
 */
#include "ingest/evidence_rows.h"

#include <errno.h>
#include <string.h>

enum { OP_CONNECT = 16 /* IORING_OP_CONNECT */ };

static const char *outcome_of(int64_t value)
{
	static const struct {
		int code;
		const char *outcome;
	} outcomes[] = {
		{EINPROGRESS, "pending"},   {EALREADY, "pending"},     {EAGAIN, "pending"},
		{ECONNREFUSED, "refused"},  {ENETUNREACH, "unreachable"}, {EHOSTUNREACH, "unreachable"},
		{ENETDOWN, "unreachable"},  {EHOSTDOWN, "unreachable"}, {EPERM, "denied"},
		{EACCES, "denied"},	    {ETIMEDOUT, "timeout"},    {ECONNRESET, "reset"},
	};
	if (value >= 0)
		return "ok";
	for (size_t i = 0; i < LENGTH(outcomes); i++)
		if (outcomes[i].code == -value)
			return outcomes[i].outcome;
	return "failed";
}

static bool is_suite(const struct evidence_rows *r)
{
	return evidence_flag(r->line, FIELD_SUITE);
}

static bool in_session(const struct evidence_rows *r)
{
	return !is_suite(r) && (r->host || evidence_flag(r->line, FIELD_CGROUP) ||
				evidence_flag(r->line, FIELD_TREE) || evidence_lives(r));
}

/* What is kept of the last attempt of a socket. */
enum call { CALL_OTHER, CALL_SEND, CALL_SOCKET, CALL_ACCEPT };
struct last {
	int64_t id; /* attempt(id); 0: none */
	enum call call;
	bool own; /* it was the session's */
};

static enum call call_named(struct slice name)
{
	static const struct {
		const char *name;
		enum call call;
	} calls[] = {
		{"send", CALL_SEND},	 {"sendto", CALL_SEND},	  {"io_uring", CALL_SEND},
		{"socket", CALL_SOCKET}, {"accept", CALL_ACCEPT},
	};
	for (size_t i = 0; i < LENGTH(calls); i++)
		if (slice_is(name, calls[i].name))
			return calls[i].call;
	return CALL_OTHER;
}

static struct last last_of(const struct evidence_rows *r, uint64_t cookie)
{
	int64_t packed = cookie ? lookup_get(r->sockets, cookie) : 0;
	return (struct last){packed >> 3, (enum call)(packed >> 1 & 3), packed & 1};
}

static int64_t pack(struct last l)
{
	return l.id << 3 | (int64_t)l.call << 1 | l.own;
}

/* What an attempt's row has beyond the members of its record. */
struct attempt {
	const char *call; /* NULL: the record's own */
	const char *outcome;
	int64_t error;    /* 0: none */
	int64_t bytes;    /* -1: not known */
	bool left;
	int64_t process;
};

static enum status insert_attempt(struct evidence_rows *r, const struct attempt *a, int64_t *ret,
				  struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_INSERT);
	row_i64(q, 1, r->t);
	if (a->call)
		row_text(q, 2, a->call);
	else
		evidence_bind_text(r, q, 2, FIELD_CALL, 0);
	const struct json_value *proto = &r->line->members[FIELD_PROTO].value;
	if (proto->type == JSON_STRING) /* one of ours: it needs no escapes, and no buffer */
		row_slice(q, 3, proto->raw);
	evidence_bind_text(r, q, 4, FIELD_SRC, 1);
	evidence_bind_i64(r, q, 5, FIELD_SPORT);
	evidence_bind_text(r, q, 6, FIELD_DST, 2);
	evidence_bind_i64(r, q, 7, FIELD_DPORT);
	row_text(q, 8, a->outcome);
	if (a->error)
		row_i64(q, 9, a->error);
	evidence_bind_i64(r, q, 10, FIELD_PID);
	evidence_bind_i64(r, q, 11, FIELD_TID);
	evidence_bind_i64(r, q, 12, FIELD_UID);
	evidence_bind_text(r, q, 13, FIELD_COMM, 3);
	if (a->process)
		row_i64(q, 14, a->process);
	row_i64(q, 15, evidence_flag(r->line, FIELD_CGROUP));
	row_i64(q, 16, evidence_flag(r->line, FIELD_TREE));
	row_i64(q, 17, in_session(r));
	row_i64(q, 18, is_suite(r));
	evidence_bind_i64(r, q, 19, FIELD_COOKIE);
	evidence_bind_i64(r, q, 20, FIELD_NETNS);
	if (a->bytes >= 0)
		row_i64(q, 21, a->bytes);
	row_i64(q, 22, a->left);
	row_i64(q, 23, r->to->source);
	row_i64(q, 24, (int64_t)r->record);
	*ret = r->next_attempt++;
	row_i64(q, 25, *ret);
	const struct json_value *witness = &r->line->members[FIELD_WITNESS].value;
	if (witness->type == JSON_STRING)
		row_slice(q, 26, witness->raw);
	return row_end(q, err);
}

static enum status remember(struct evidence_rows *r, struct last last, struct error *err)
{
	uint64_t cookie = 0, tid = 0;
	enum status status = OK;
	if (evidence_u64(r->line, FIELD_COOKIE, &cookie) && cookie)
		status = evidence_remember(r, r->sockets, cookie, pack(last), err);
	if (!status && evidence_u64(r->line, FIELD_TID, &tid) && tid)
		status = evidence_remember(r, r->threads, tid, last.id, err);
	return status;
}

/* The call of an attempt, by its row. */
static enum call call_of(struct evidence_rows *r, const struct attempt *a)
{
	struct slice name = {0};
	if (a->call)
		return call_named(slice_of_string(a->call));
	return evidence_text(r->line, FIELD_CALL, r->buffers[0], &name) ? call_named(name) : CALL_OTHER;
}

/* Was the attempt that comes now asked for through io_uring by the same thread? */
static enum status claim_request(struct evidence_rows *r, int64_t id, bool *ret, struct error *err)
{
	uint64_t tid = 0;
	*ret = r->uring_tid && evidence_u64(r->line, FIELD_TID, &tid) && tid == r->uring_tid;
	if (!*ret)
		return OK;
	r->uring_tid = 0;
	return id ? evidence_remember(r, r->requests, r->uring_request, id, err) : OK;
}

enum status evidence_on_attempt(struct evidence_rows *r, struct error *err)
{
	int64_t value = 0, id = 0;
	bool known = evidence_i64(r->line, FIELD_VALUE, &value);
	bool udp = evidence_is(r->line, FIELD_PROTO, "udp");
	bool up = evidence_is(r->line, FIELD_STATE, "established");
	uint64_t tid = 0;
	bool uring = r->uring_tid && evidence_u64(r->line, FIELD_TID, &tid) && tid == r->uring_tid;
	struct attempt a = {
		.call = uring ? "io_uring" : NULL,
		/* TCP is told by the state of its socket, which may come later */
		.outcome = up ? "ok" : known ? outcome_of(value) : udp ? "unknown" : "pending",
		.error = !up && known && value < 0 ? -value : 0,
		.bytes = known && value >= 0 && evidence_is(r->line, FIELD_CALL, "sendto") ? value : -1,
		.left = r->line->members[FIELD_IFINDEX].value.type == JSON_NUMBER && !is_suite(r),
	};
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = insert_attempt(r, &a, &id, err);
	if (!status)
		status = remember(r, (struct last){id, call_of(r, &a), in_session(r)}, err);
	return status ? status : claim_request(r, id, &uring, err);
}

/* A connect to a Unix socket: a way to somebody who may talk for the session. */
enum status evidence_on_unix(struct evidence_rows *r, struct error *err)
{
	bool send = evidence_is(r->line, FIELD_CALL, "sendto");
	struct attempt a = {.call = send ? "sendto" : "connect", .bytes = -1};
	uint64_t family = 0, tid = 0;
	int64_t id, value = 0; /* what the kernel witness does not tell here comes as a record of its own */
	evidence_i64(r->line, FIELD_VALUE, &value);
	a.outcome = outcome_of(value);
	a.error = value < 0 ? -value : 0;
	evidence_u64(r->line, FIELD_FAMILY, &family);
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = insert_attempt(r, &a, &id, err);
	if (status)
		return status;
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_UNIX);
	row_i64(q, 1, id);
	row_text(q, 2, family == 1 ? "unix" : "other");
	evidence_bind_text(r, q, 3, FIELD_PATH, 0);
	row_i64(q, 4, evidence_flag(r->line, FIELD_ABSTRACT));
	row_i64(q, 5, evidence_flag(r->line, FIELD_OWN));
	status = row_end(q, err);
	if (!status && evidence_u64(r->line, FIELD_TID, &tid))
		status = evidence_remember(r, r->threads, tid, id, err);
	return status;
}

/* What is no socket of a protocol, but was asked for in its place; NULL: it is a socket. */
static const char *refused_call(const struct evidence_rows *r)
{
	static const char *const names[] = {"io_uring_setup", "foreign_call", "unknown_call", "listen",
					    "request_key", "terminal_input", "other_way", "join_group"};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (evidence_is(r->line, FIELD_CALL, names[i]))
			return names[i];
	return NULL;
}

/* A raw, packet or vsock socket was made: nothing has left yet, but what it sends
 * is seen by few. Or it was refused, and another way round likewise. */
enum status evidence_on_special(struct evidence_rows *r, struct error *err)
{
	const char *refused = refused_call(r);
	uint64_t family = 0;
	int64_t id = 0, value = 0;
	evidence_i64(r->line, FIELD_VALUE, &value);
	struct attempt a = {.call = "socket", .outcome = value < 0 ? "denied" : "ok", .error = value < 0 ? -value : 0, .bytes = -1};
	evidence_u64(r->line, FIELD_FAMILY, &family);
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = insert_attempt(r, &a, &id, err);
	if (!status && (refused || (family != 2 && family != 10))) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_UNIX);
		row_i64(q, 1, id);
		row_text(q, 2, refused ? refused : family == 17 ? "packet" : family == 40 ? "vsock" : "other_family");
		row_i64(q, 4, 0);
		row_i64(q, 5, 0);
		status = row_end(q, err);
	}
	return status ? status : remember(r, (struct last){id, CALL_SOCKET, in_session(r)}, err);
}

/* A socket of before. Its cookie is left alone: what is sent over it is news. */
enum status evidence_on_inherited(struct evidence_rows *r, struct error *err)
{
	struct attempt a = {.call = "inherited", .outcome = "ok", .bytes = -1};
	int64_t id;
	return insert_attempt(r, &a, &id, err);
}

static enum status set_outcome(struct evidence_rows *r, int64_t id, int64_t value, int64_t bytes,
			       struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_OUTCOME);
	row_i64(q, 1, id);
	row_text(q, 2, outcome_of(value));
	if (value < 0)
		row_i64(q, 3, -value);
	if (bytes >= 0)
		row_i64(q, 4, bytes);
	return row_end(q, err);
}

/* connect() failed, of the last attempt of that thread. */
enum status evidence_on_result(struct evidence_rows *r, struct error *err)
{
	uint64_t tid = 0;
	int64_t value = 0;
	evidence_u64(r->line, FIELD_TID, &tid);
	evidence_i64(r->line, FIELD_VALUE, &value);
	int64_t id = lookup_get(r->threads, tid);
	return id ? set_outcome(r, id, value, -1, err) : OK;
}

/* A row of its own for what a socket sent without saying where to each time: once
 * for each socket and destination, further sends are added to it. */
static enum status insert_send(struct evidence_rows *r, const char *call, const char *outcome,
			       int64_t error, int64_t bytes, bool left, struct last socket,
			       struct last *ret, struct error *err)
{
	struct attempt a = {call, outcome, error, bytes, left, 0};
	*ret = (struct last){0, call_named(slice_of_string(call)), in_session(r) || socket.own};
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = insert_attempt(r, &a, &ret->id, err);
	if (!status && socket.id) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_COPY_PROCESS);
		row_i64(q, 1, ret->id);
		row_i64(q, 2, socket.id);
		status = row_end(q, err);
	}
	return status ? status : remember(r, *ret, err);
}

static bool is_stream(const struct evidence_rows *r)
{
	return evidence_is(r->line, FIELD_PROTO, "tcp") || evidence_is(r->line, FIELD_PROTO, "mptcp");
}

enum status evidence_on_sent(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0;
	int64_t value = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	evidence_i64(r->line, FIELD_VALUE, &value);
	struct last last = last_of(r, cookie), now;
	int64_t bytes = value >= 0 ? value : -1, error = value < 0 ? -value : 0;
	if (value == -EDESTADDRREQ)
		return OK; /* it named nobody, on a socket that is connected to nobody */
	/* a socket that somebody else opened is used by the session: that is news */
	if (last.id && !last.own && in_session(r))
		return insert_send(r, "send", outcome_of(value), error, bytes, false,
				   (struct last){0}, &now, err);
	if (last.id && is_stream(r))
		return OK; /* its connect, or its answer to one, is there already */
	if (last.id && last.call == CALL_SEND)
		return set_outcome(r, last.id, value, bytes, err);
	return insert_send(r, "send", outcome_of(value), error, bytes, false, last, &now, err);
}

enum status evidence_on_state(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0, sport = 0;
	int64_t error = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	evidence_i64(r->line, FIELD_ERROR, &error);
	int64_t id = last_of(r, cookie).id;
	if (!id)
		return OK;
	bool up = evidence_is(r->line, FIELD_STATE, "established");
	if (evidence_u64(r->line, FIELD_SPORT, &sport) && sport) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_SPORT);
		row_i64(q, 1, id);
		row_i64(q, 2, (int64_t)sport);
		enum status status = row_end(q, err);
		if (status)
			return status;
	}
	if (up)
		return set_outcome(r, id, 0, -1, err);
	/* closed while it was being opened, without an error: given up by its owner */
	return error ? set_outcome(r, id, -error, -1, err) : OK;
}

enum status evidence_on_bytes(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	int64_t id = last_of(r, cookie).id;
	if (!id)
		return OK;
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_BYTES);
	row_i64(q, 1, id);
	evidence_bind_i64(r, q, 2, FIELD_SENT);
	evidence_bind_i64(r, q, 3, FIELD_RECEIVED);
	return row_end(q, err);
}

static enum status insert_egress(struct evidence_rows *r, int64_t attempt, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_EGRESS_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_i64(r, q, 2, FIELD_COOKIE);
	evidence_bind_text(r, q, 3, FIELD_PROTO, 0);
	evidence_bind_text(r, q, 4, FIELD_SRC, 1);
	evidence_bind_i64(r, q, 5, FIELD_SPORT);
	evidence_bind_text(r, q, 6, FIELD_DST, 2);
	evidence_bind_i64(r, q, 7, FIELD_DPORT);
	evidence_bind_i64(r, q, 8, FIELD_IFINDEX);
	evidence_bind_i64(r, q, 9, FIELD_SIZE);
	row_i64(q, 10, evidence_flag(r->line, FIELD_CGROUP));
	if (attempt)
		row_i64(q, 11, attempt);
	row_i64(q, 12, r->to->source);
	row_i64(q, 13, (int64_t)r->record);
	return row_end(q, err);
}

/* What the kernel sends by itself, of no process: neighbour discovery (RFC 4861), group
 * membership (RFC 2710, 3810, 3376); what explain_housekeeping.sql explains of flows. The
 * session's own group of processes does not send these but by a socket. */
static bool is_housekeeping(struct evidence_rows *r)
{
	enum { LISTENER_QUERY = 130, LISTENER_DONE = 132, ROUTER_SOLICITATION = 133, NEIGHBOUR_SOLICITATION = 135,
	       NEIGHBOUR_ADVERTISEMENT = 136, LISTENER_REPORT_2 = 143 };
	uint64_t type = 0;
	char text[EVIDENCE_STRING_MAX];
	struct slice dst;
	struct address a;
	if (evidence_flag(r->line, FIELD_CGROUP) || evidence_flag(r->line, FIELD_TREE) ||
	    !evidence_text(r->line, FIELD_DST, text, &dst) || !address_parse(dst, &a))
		return false;
	if (evidence_is(r->line, FIELD_PROTO, "igmp"))
		return address_class(&a) == CLASS_MULTICAST;
	if (!evidence_is(r->line, FIELD_PROTO, "icmp6") || !evidence_u64(r->line, FIELD_TYPE, &type))
		return false;
	if (type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT)
		return true;
	bool told = (type >= LISTENER_QUERY && type <= LISTENER_DONE) || type == LISTENER_REPORT_2 ||
		    type == ROUTER_SOLICITATION;
	return told && (address_class(&a) == CLASS_MULTICAST || address_class(&a) == CLASS_LINK_LOCAL);
}

/* A first packet that no attempt's own record told of. Of a socket that connected
 * or sends to where it said, it completes that; of one that did not say (raw, or
 * answering somebody), it is the attempt. */
enum status evidence_on_egress(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0;
	if (is_suite(r))
		return OK; /* a canary: it showed that the hook lives */
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	struct last last = last_of(r, cookie);
	enum status status = OK;
	if (last.id && last.call != CALL_SOCKET && last.call != CALL_ACCEPT) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_LEFT);
		row_i64(q, 1, last.id);
		evidence_bind_text(r, q, 2, FIELD_SRC, 0);
		evidence_bind_i64(r, q, 3, FIELD_SPORT);
		evidence_bind_text(r, q, 4, FIELD_DST, 1);
		status = row_end(q, err);
	} else if (last.id || (in_session(r) && !is_housekeeping(r))) {
		struct last socket = last;
		status = insert_send(r, last.call == CALL_SOCKET ? "sendto" : "accept", "ok", 0, -1, true,
				     socket, &last, err);
		last.id = cookie ? last.id : 0;
	}
	return status ? status : insert_egress(r, last.id, err);
}

/* A first packet that was refused on its way out. Of a socket that said where to, it is what
 * became of that; of one that did not, it is the attempt. */
enum status evidence_on_dropped(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	struct last last = last_of(r, cookie), now;
	if (last.id && last.call != CALL_SOCKET && last.call != CALL_ACCEPT)
		return set_outcome(r, last.id, -EPERM, -1, err);
	return insert_send(r, "send", "denied", EPERM, -1, false, last, &now, err);
}

enum status evidence_on_uring(struct evidence_rows *r, struct error *err)
{
	(void)err;
	if (!evidence_u64(r->line, FIELD_TID, &r->uring_tid) ||
	    !evidence_u64(r->line, FIELD_REQUEST, &r->uring_request))
		r->uring_tid = 0;
	return OK;
}

enum status evidence_on_uring_done(struct evidence_rows *r, struct error *err)
{
	uint64_t request = 0, opcode = 0;
	int64_t value = 0;
	r->uring_tid = 0;
	evidence_u64(r->line, FIELD_REQUEST, &request);
	evidence_u64(r->line, FIELD_OPCODE, &opcode);
	if (!evidence_i64(r->line, FIELD_VALUE, &value))
		return OK;
	int64_t id = lookup_get(r->requests, request);
	return id ? set_outcome(r, id, value, opcode != OP_CONNECT && value >= 0 ? value : -1, err) : OK;
}
