/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First packets of a socket to a destination, gone or refused on their way out, become
 * rows of `egress` and complete attempts, or are ones.
 */
#include "ingest/attempt.h"

#include <errno.h>

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
	if (attempt_of_suite(r))
		return OK; /* a canary: it showed that the hook lives */
	evidence_u64(r->line, FIELD_COOKIE, &cookie);
	struct attempt_last last = attempt_last_of(r, cookie);
	enum status status = OK;
	if (last.id && last.call != ATTEMPT_SOCKET && last.call != ATTEMPT_ACCEPT) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_ATTEMPT_LEFT);
		row_i64(q, 1, last.id);
		evidence_bind_text(r, q, 2, FIELD_SRC, 0);
		evidence_bind_i64(r, q, 3, FIELD_SPORT);
		evidence_bind_text(r, q, 4, FIELD_DST, 1);
		status = row_end(q, err);
	} else if (last.id || (attempt_in_session(r) && !is_housekeeping(r))) {
		const struct attempt a = {.call = last.call == ATTEMPT_SOCKET ? "sendto" : "accept",
					  .outcome = "ok",
					  .bytes = -1,
					  .left = true};
		status = attempt_insert_send(r, &a, last, &last, err);
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
	struct attempt_last last = attempt_last_of(r, cookie), now;
	if (last.id && last.call != ATTEMPT_SOCKET && last.call != ATTEMPT_ACCEPT)
		return attempt_set_outcome(r, last.id, -EPERM, -1, err);
	const struct attempt a = {.call = "send", .outcome = "denied", .error = EPERM, .bytes = -1};
	return attempt_insert_send(r, &a, last, &now, err);
}
