/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/attempt.h"

#include <errno.h>

const char *attempt_outcome(int64_t value)
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

bool attempt_of_suite(const struct evidence_rows *r)
{
	return evidence_flag(r->line, FIELD_SUITE);
}

bool attempt_in_session(const struct evidence_rows *r)
{
	return !attempt_of_suite(r) && (r->host || evidence_flag(r->line, FIELD_CGROUP) ||
					    evidence_flag(r->line, FIELD_TREE) || evidence_lives(r));
}

enum attempt_call attempt_call_named(struct slice name)
{
	static const struct {
		const char *name;
		enum attempt_call call;
	} calls[] = {
		{"send", ATTEMPT_SEND},	 {"sendto", ATTEMPT_SEND},	  {"io_uring", ATTEMPT_SEND},
		{"socket", ATTEMPT_SOCKET}, {"accept", ATTEMPT_ACCEPT},
	};
	for (size_t i = 0; i < LENGTH(calls); i++)
		if (slice_is(name, calls[i].name))
			return calls[i].call;
	return ATTEMPT_OTHER;
}

struct attempt_last attempt_last_of(const struct evidence_rows *r, uint64_t cookie)
{
	int64_t packed = cookie ? lookup_get(r->sockets, cookie) : 0;
	return (struct attempt_last){packed >> 3, (enum attempt_call)(packed >> 1 & 3), packed & 1};
}

static int64_t pack(struct attempt_last l)
{
	return l.id << 3 | (int64_t)l.call << 1 | l.own;
}

enum status attempt_insert(struct evidence_rows *r, const struct attempt *a, int64_t *ret,
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
	row_i64(q, 17, attempt_in_session(r));
	row_i64(q, 18, attempt_of_suite(r));
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

enum status attempt_remember(struct evidence_rows *r, struct attempt_last last, struct error *err)
{
	uint64_t cookie = 0, tid = 0;
	enum status status = OK;
	if (evidence_u64(r->line, FIELD_COOKIE, &cookie) && cookie)
		status = evidence_remember(r, r->sockets, cookie, pack(last), err);
	if (!status && evidence_u64(r->line, FIELD_TID, &tid) && tid)
		status = evidence_remember(r, r->threads, tid, last.id, err);
	return status;
}

enum status attempt_set_outcome(struct evidence_rows *r, int64_t id, int64_t value, int64_t bytes,
			       struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_OUTCOME);
	row_i64(q, 1, id);
	row_text(q, 2, attempt_outcome(value));
	if (value < 0)
		row_i64(q, 3, -value);
	if (bytes >= 0)
		row_i64(q, 4, bytes);
	return row_end(q, err);
}

enum status attempt_insert_send(struct evidence_rows *r, const struct attempt *a, struct attempt_last socket,
				struct attempt_last *ret, struct error *err)
{
	struct attempt row = *a;
	*ret = (struct attempt_last){0, attempt_call_named(slice_of_string(row.call)),
				     attempt_in_session(r) || socket.own};
	enum status status = evidence_process(r, &row.process, err);
	if (!status)
		status = attempt_insert(r, &row, &ret->id, err);
	if (!status && socket.id) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_COPY_PROCESS);
		row_i64(q, 1, ret->id);
		row_i64(q, 2, socket.id);
		status = row_end(q, err);
	}
	return status ? status : attempt_remember(r, *ret, err);
}
