/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection, or the datagrams between two ends, as a row of `attempt`: what it was,
 * what it came to, and whose.
 */
#include "ingest/etl/connection_place.h"

#include "ingest/etl/event.h"

/* Who did what, in the words of the calls. */
static const char *call_of(const struct connection_place *p)
{
	if (p->connected || p->failed)
		return "connect";
	if (p->accepted)
		return "accept";
	if (p->sent)
		return p->key.udp ? "sendto" : "send";
	return p->received ? "recv" : "unknown";
}

/* A connect that nothing followed may have been answered or not. */
static const char *outcome_of(const struct connection_place *p)
{
	enum { REFUSED = 0xc0000236, TIMED_OUT = 0xc00000b5, NO_HOST = 0xc000023d, NO_NETWORK = 0xc000023c };
	if (p->denied)
		return "denied";
	if (p->sent || p->received || p->accepted || p->established)
		return "ok";
	if (!p->failed)
		return p->connected ? "pending" : "unknown";
	switch (p->error) {
	case REFUSED:
		return "refused";
	case TIMED_OUT:
		return "timeout";
	case NO_HOST:
	case NO_NETWORK:
		return "unreachable";
	default:
		return "failed";
	}
}

static void put_end(struct row_stream *q, int at, const unsigned char *bytes, unsigned family, uint16_t port)
{
	char text[ADDRESS_TEXT_MAX];
	struct address a = {.family = (enum address_family)family};
	if (family == ADDRESS_NONE)
		return;
	memcpy(a.bytes, bytes, sizeof a.bytes);
	address_text(&a, text);
	row_text(q, at, text);
	row_i64(q, at + 1, port);
}

static enum status link_process(struct connections *c, int64_t attempt, int64_t process, struct error *err)
{
	struct row_stream *q = row_begin(c->to->rows, QUERY_TRACE_ATTEMPT_PROCESS);
	row_i64(q, 1, attempt);
	row_i64(q, 2, process);
	return row_end(q, err);
}

/* Who did it, as far as that is known. */
struct doer {
	struct process_row process;
	bool known, suite, session;
};

static struct doer doer_of(const struct connections *c, const struct connection_place *p)
{
	struct doer d = {.known = false};
	d.known = p->key.pid != EVENT_NOBODY && process_table_find(c->processes, p->key.pid, p->first_ns, &d.process);
	/* of a number that was given out very often since, the last ones are found only */
	if (p->member && (!d.known || d.process.id != p->holder)) {
		d.known = true;
		d.process = (struct process_row){p->holder, "", true};
	}
	d.suite = c->live && c->live->suite && p->key.pid == c->live->suite;
	d.session = c->live && !d.suite && (c->live->host || (d.known && d.process.member));
	return d;
}

/* A table's row of somebody else, or of what a provider told already. */
static bool is_needless(struct connections *c, const struct connection_place *p, const struct doer *d)
{
	struct connection_key same = p->key;
	same.origin = ORIGIN_KERNEL_NETWORK;
	return p->key.origin == ORIGIN_TABLE && (!d->session || connection_find(c, &same));
}

static void put_sums(struct row_stream *q, const struct connection_place *p)
{
	row_i64(q, 12, p->bytes_out <= INT64_MAX ? (int64_t)p->bytes_out : INT64_MAX);
	row_i64(q, 13, p->bytes_in <= INT64_MAX ? (int64_t)p->bytes_in : INT64_MAX);
}

static void put_owner(struct row_stream *q, const struct connection_place *p, const struct doer *d)
{
	row_i64(q, 17, d->known && d->process.member && !d->suite);
	row_i64(q, 18, d->session);
	row_i64(q, 19, d->suite);
	row_text(q, 20, p->key.origin == ORIGIN_TABLE ? "socket_tables" : "etw");
}

enum status connection_write(struct connections *c, const struct connection_place *p, struct error *err)
{
	const struct doer d = doer_of(c, p);
	if (is_needless(c, p, &d))
		return OK;
	int64_t id = (*c->next_id)++;
	struct row_stream *q = row_begin(c->to->rows, c->live ? QUERY_ETW_ATTEMPT_INSERT : QUERY_TRACE_ATTEMPT_INSERT);
	row_i64(q, 1, p->first_ns);
	row_text(q, 2, call_of(p));
	row_text(q, 3, p->key.other ? "other" : p->key.udp ? "udp" : "tcp");
	put_end(q, 4, p->key.local, p->key.family, p->key.lport);
	put_end(q, 6, p->key.remote, p->key.family, p->key.rport);
	row_text(q, 8, outcome_of(p));
	if (p->failed)
		row_i64(q, 9, p->error);
	if (p->key.pid != EVENT_NOBODY)
		row_i64(q, 10, p->key.pid);
	if (d.known && d.process.comm[0])
		row_text(q, 11, d.process.comm);
	else if (p->program[0])
		row_text(q, 11, p->program);
	if (p->key.origin != ORIGIN_TABLE)
		put_sums(q, p);
	row_i64(q, 14, c->to->source);
	row_i64(q, 15, (int64_t)p->number);
	row_i64(q, 16, id);
	if (c->live)
		put_owner(q, p, &d);
	enum status status = row_end(q, err);
	return status || !d.known ? status : link_process(c, id, d.process.id, err);
}
