/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of the kernel witness, and of its counterpart without rights, that tell of an
 * attempt become rows of `attempt`. What it came to is told by later records
 * (evidence_kernel.c, evidence_egress.c).
 */
#include "ingest/attempt.h"

/* As Linux numbers them, whatever reads its log. */
enum { FAMILY_UNIX = 1, FAMILY_INET = 2, FAMILY_INET6 = 10, FAMILY_PACKET = 17, FAMILY_VSOCK = 40 };

/* The call of an attempt, by its row. */
static enum attempt_call call_of(struct evidence_rows *r, const struct attempt *a)
{
	struct slice name = {0};
	if (a->call)
		return attempt_call_named(slice_of_string(a->call));
	return evidence_text(r->line, FIELD_CALL, r->buffers[0], &name) ? attempt_call_named(name) : ATTEMPT_OTHER;
}

/* Was the attempt that comes now asked for through io_uring by the same thread? */
static bool is_requested(const struct evidence_rows *r)
{
	uint64_t tid = 0;
	return r->uring_tid && evidence_u64(r->line, FIELD_TID, &tid) && tid == r->uring_tid;
}

/* Its result comes with that of the request. */
static enum status claim_request(struct evidence_rows *r, int64_t id, struct error *err)
{
	r->uring_tid = 0;
	return id ? evidence_remember(r, r->requests, r->uring_request, id, err) : OK;
}

enum status evidence_on_attempt(struct evidence_rows *r, struct error *err)
{
	int64_t value = 0, id = 0;
	bool known = evidence_i64(r->line, FIELD_VALUE, &value);
	bool udp = evidence_is(r->line, FIELD_PROTO, "udp");
	bool up = evidence_is(r->line, FIELD_STATE, "established");
	bool requested = is_requested(r);
	struct attempt a = {
		.call = requested ? "io_uring" : NULL,
		/* TCP is told by the state of its socket, which may come later */
		.outcome = up ? "ok" : known ? attempt_outcome(value) : udp ? "unknown" : "pending",
		.error = !up && known && value < 0 ? -value : 0,
		.bytes = known && value >= 0 && evidence_is(r->line, FIELD_CALL, "sendto") ? value : -1,
		.left = r->line->members[FIELD_IFINDEX].value.type == JSON_NUMBER && !attempt_of_suite(r),
	};
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = attempt_insert(r, &a, &id, err);
	if (!status)
		status = attempt_remember(r, (struct attempt_last){id, call_of(r, &a), attempt_in_session(r)}, err);
	return status || !requested ? status : claim_request(r, id, err);
}

/* A connect to a Unix socket: a way to somebody who may talk for the session. */
enum status evidence_on_unix(struct evidence_rows *r, struct error *err)
{
	bool send = evidence_is(r->line, FIELD_CALL, "sendto");
	struct attempt a = {.call = send ? "sendto" : "connect", .bytes = -1};
	uint64_t family = 0, tid = 0;
	int64_t id, value = 0; /* what the kernel witness does not tell here comes as a record of its own */
	evidence_i64(r->line, FIELD_VALUE, &value);
	a.outcome = attempt_outcome(value);
	a.error = value < 0 ? -value : 0;
	evidence_u64(r->line, FIELD_FAMILY, &family);
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = attempt_insert(r, &a, &id, err);
	if (status)
		return status;
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_UNIX);
	row_i64(q, 1, id);
	row_text(q, 2, family == FAMILY_UNIX ? "unix" : "other");
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

static const char *family_name(uint64_t family)
{
	return family == FAMILY_PACKET ? "packet" : family == FAMILY_VSOCK ? "vsock" : "other_family";
}

/* A raw, packet or vsock socket was made: nothing has left yet, but what it sends
 * is seen by few. Or it was refused, and another way round likewise. */
enum status evidence_on_special(struct evidence_rows *r, struct error *err)
{
	const char *refused = refused_call(r);
	uint64_t family = 0;
	int64_t id = 0, value = 0;
	evidence_i64(r->line, FIELD_VALUE, &value);
	struct attempt a = {.call = "socket",
			    .outcome = value < 0 ? "denied" : "ok",
			    .error = value < 0 ? -value : 0,
			    .bytes = -1};
	evidence_u64(r->line, FIELD_FAMILY, &family);
	enum status status = evidence_process(r, &a.process, err);
	if (!status)
		status = attempt_insert(r, &a, &id, err);
	if (!status && (refused || (family != FAMILY_INET && family != FAMILY_INET6))) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_UNIX);
		row_i64(q, 1, id);
		row_text(q, 2, refused ? refused : family_name(family));
		row_i64(q, 4, 0);
		row_i64(q, 5, 0);
		status = row_end(q, err);
	}
	return status ? status : attempt_remember(r, (struct attempt_last){id, ATTEMPT_SOCKET, attempt_in_session(r)}, err);
}

/* A socket of before. Its cookie is left alone: what is sent over it is news. */
enum status evidence_on_inherited(struct evidence_rows *r, struct error *err)
{
	struct attempt a = {.call = "inherited", .outcome = "ok", .bytes = -1};
	int64_t id;
	return attempt_insert(r, &a, &id, err);
}
