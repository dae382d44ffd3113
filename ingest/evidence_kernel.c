/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of the kernel witness that tell what an attempt came to: the result of its call,
 * the state of its socket, the bytes it carried; the socket's cookie, or the thread, ties
 * them to it. A send on a socket that said where to before is an attempt by itself.
 */
#include "ingest/attempt.h"

#include <errno.h>

enum { OP_CONNECT = 16 /* IORING_OP_CONNECT */ };

/* connect() failed, of the last attempt of that thread. */
enum status evidence_on_result(struct evidence_rows *r, struct error *err)
{
	uint64_t tid = 0;
	int64_t value = 0;
	evidence_u64(r->line, FIELD_TID, &tid);
	evidence_i64(r->line, FIELD_VALUE, &value);
	int64_t id = lookup_get(r->threads, tid);
	return id ? attempt_set_outcome(r, id, value, -1, err) : OK;
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
	struct attempt_last last = attempt_last_of(r, cookie), now;
	struct attempt a = {.call = "send",
			    .outcome = attempt_outcome(value),
			    .error = value < 0 ? -value : 0,
			    .bytes = value >= 0 ? value : -1};
	if (value == -EDESTADDRREQ)
		return OK; /* it named nobody, on a socket that is connected to nobody */
	/* a socket that somebody else opened is used by the session: that is news */
	if (last.id && !last.own && attempt_in_session(r))
		return attempt_insert_send(r, &a, (struct attempt_last){0}, &now, err);
	if (last.id && is_stream(r))
		return OK; /* its connect, or its answer to one, is there already */
	if (last.id && last.call == ATTEMPT_SEND)
		return attempt_set_outcome(r, last.id, value, a.bytes, err);
	return attempt_insert_send(r, &a, last, &now, err);
}

enum status evidence_on_state(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0, sport = 0;
	int64_t error = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	evidence_i64(r->line, FIELD_ERROR, &error);
	int64_t id = attempt_last_of(r, cookie).id;
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
		return attempt_set_outcome(r, id, 0, -1, err);
	/* closed while it was being opened, without an error: given up by its owner */
	return error ? attempt_set_outcome(r, id, -error, -1, err) : OK;
}

enum status evidence_on_bytes(struct evidence_rows *r, struct error *err)
{
	uint64_t cookie = 0;
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	int64_t id = attempt_last_of(r, cookie).id;
	if (!id)
		return OK;
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_BYTES);
	row_i64(q, 1, id);
	evidence_bind_i64(r, q, 2, FIELD_SENT);
	evidence_bind_i64(r, q, 3, FIELD_RECEIVED);
	return row_end(q, err);
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
	return id ? attempt_set_outcome(r, id, value, opcode != OP_CONNECT && value >= 0 ? value : -1, err) : OK;
}
