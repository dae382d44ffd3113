/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/connection.h"

#include "ingest/etl/event.h"

#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 4096, NONE = 0 /* places are counted from 1 in chains */ };

/* Compared and hashed as bytes: no padding. */
struct key {
	unsigned char local[16], remote[16];
	uint16_t lport, rport;
	uint8_t udp, origin, family, other;
	uint32_t pid;
};

struct place {
	struct key key;
	bool used, connected, established, accepted, sent, received, closed, failed, denied;
	uint32_t next, error;
	int64_t first_ns;
	int64_t process; /* of the session, as its number stood then; 0: of none */
	uint64_t number, bytes_out, bytes_in;
	char program[CONNECTION_PROGRAM_MAX];
};

struct connections {
	struct ingest *to; /* not owned, as the next */
	struct process_table *processes;
	const struct live *live;
	int64_t *next_id;
	uint32_t hand; /* the place that is used next */
	uint32_t chains[BUCKETS];
	struct place places[CONNECTIONS_MAX];
};

struct connections *connections_new(struct ingest *to, struct process_table *processes, int64_t *next_id,
				    const struct live *live)
{
	struct connections *c = must_alloc(1, sizeof *c);
	c->to = to;
	c->processes = processes;
	c->live = live;
	c->next_id = next_id;
	return c;
}

void connections_free(struct connections *c)
{
	free(c);
}

static struct key key_of(const struct connection_event *e)
{
	struct key k = {.lport = e->lport, .rport = e->rport, .udp = e->udp, .other = e->other, .origin = (uint8_t)e->origin,
			.family = (uint8_t)e->remote.family, .pid = e->pid};
	memcpy(k.local, e->local.bytes, sizeof k.local);
	memcpy(k.remote, e->remote.bytes, sizeof k.remote);
	return k;
}

static uint32_t *chain_of(struct connections *c, const struct key *k)
{
	const unsigned char *bytes = (const unsigned char *)k;
	uint64_t h = 0;
	for (size_t i = 0; i < sizeof *k; i += 4) {
		uint32_t word;
		memcpy(&word, bytes + i, sizeof word);
		h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29;
	}
	return &c->chains[h % BUCKETS];
}

static struct place *find(struct connections *c, const struct key *k)
{
	for (uint32_t at = *chain_of(c, k); at != NONE; at = c->places[at - 1].next)
		if (!memcmp(&c->places[at - 1].key, k, sizeof *k))
			return &c->places[at - 1];
	return NULL;
}

/* Who did what, in the words of the calls. */
static const char *call_of(const struct place *p)
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
static const char *outcome_of(const struct place *p)
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

static struct doer doer_of(const struct connections *c, const struct place *p)
{
	struct doer d = {.known = false};
	d.known = p->key.pid != EVENT_NOBODY && process_table_find(c->processes, p->key.pid, p->first_ns, &d.process);
	/* of a number that was given out very often since, the last ones are found only */
	if (p->process && (!d.known || d.process.id != p->process)) {
		d.known = true;
		d.process = (struct process_row){p->process, "", true};
	}
	d.suite = c->live && c->live->suite && p->key.pid == c->live->suite;
	d.session = c->live && !d.suite && (c->live->host || (d.known && d.process.member));
	return d;
}

/* A table's row of somebody else, or of what a provider told already. */
static bool is_needless(struct connections *c, const struct place *p, const struct doer *d)
{
	struct key same = p->key;
	same.origin = ORIGIN_KERNEL_NETWORK;
	return p->key.origin == ORIGIN_TABLE && (!d->session || find(c, &same));
}

static void put_sums(struct row_stream *q, const struct place *p)
{
	row_i64(q, 12, p->bytes_out <= INT64_MAX ? (int64_t)p->bytes_out : INT64_MAX);
	row_i64(q, 13, p->bytes_in <= INT64_MAX ? (int64_t)p->bytes_in : INT64_MAX);
}

static void put_owner(struct row_stream *q, const struct place *p, const struct doer *d)
{
	row_i64(q, 17, d->known && d->process.member && !d->suite);
	row_i64(q, 18, d->session);
	row_i64(q, 19, d->suite);
	row_text(q, 20, p->key.origin == ORIGIN_TABLE ? "socket_tables" : "etw");
}

static enum status write_place(struct connections *c, const struct place *p, struct error *err)
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

static void unlink_place(struct connections *c, const struct place *p)
{
	uint32_t number = (uint32_t)(p - c->places) + 1;
	for (uint32_t *at = chain_of(c, &p->key); *at != NONE; at = &c->places[*at - 1].next)
		if (*at == number) {
			*at = p->next;
			return;
		}
}

static void begin(struct connections *c, struct place *p, const struct key *k, const struct connection_event *e)
{
	struct process_row process;
	uint32_t next = p->next;
	*p = (struct place){.key = *k, .used = true, .next = next, .first_ns = e->time_ns, .number = e->number};
	if (c->live && k->pid != EVENT_NOBODY && process_table_find(c->processes, k->pid, e->time_ns, &process) && process.member)
		p->process = process.id;
	if (e->program)
		snprintf(p->program, sizeof p->program, "%s", e->program);
}

static enum status add(struct connections *c, const struct key *k, const struct connection_event *e,
		       struct place **ret, struct error *err)
{
	enum status status = OK;
	struct place *p = &c->places[c->hand];
	c->hand = (c->hand + 1) % CONNECTIONS_MAX;
	if (p->used) {
		unlink_place(c, p);
		status = write_place(c, p, err);
	}
	uint32_t *chain = chain_of(c, k);
	p->next = *chain;
	*chain = (uint32_t)(p - c->places) + 1;
	begin(c, p, k, e);
	*ret = p;
	return status;
}

static void add_up(struct place *p, const struct connection_event *e)
{
	switch (e->act) {
	case CONNECTION_CONNECTS:
		p->connected = true;
		break;
	case CONNECTION_ESTABLISHED:
		p->connected = p->established = true;
		break;
	case CONNECTION_ACCEPTS:
		p->accepted = true;
		break;
	case CONNECTION_SENDS:
		p->sent = true;
		p->bytes_out += e->bytes;
		break;
	case CONNECTION_RECEIVES:
		p->received = true;
		p->bytes_in += e->bytes;
		break;
	case CONNECTION_CLOSES:
		p->closed = true;
		break;
	case CONNECTION_FAILS:
		p->failed = true;
		p->error = e->error;
		break;
	case CONNECTION_DENIED_OUT:
	case CONNECTION_DENIED_IN:
		p->denied = true;
		p->sent |= e->act == CONNECTION_DENIED_OUT;
		p->received |= e->act == CONNECTION_DENIED_IN;
		break;
	case CONNECTION_IS:
		break;
	}
	if (e->time_ns < p->first_ns)
		p->first_ns = e->time_ns;
}

enum status connections_note(struct connections *c, const struct connection_event *e, struct error *err)
{
	struct key k = key_of(e);
	enum status status = OK;
	struct place *p = find(c, &k);
	bool begins = e->act == CONNECTION_CONNECTS || e->act == CONNECTION_ACCEPTS;
	if (!p) {
		status = add(c, &k, e, &p, err);
	} else if (begins && (p->closed || p->failed)) {
		/* another one between the same ports */
		status = write_place(c, p, err);
		begin(c, p, &k, e);
	}
	add_up(p, e);
	return status;
}

/* In the order in which they began in the file. */
enum status connections_write(struct connections *c, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < CONNECTIONS_MAX && !status; i++) {
		struct place *p = &c->places[(c->hand + i) % CONNECTIONS_MAX];
		if (p->used)
			status = write_place(c, p, err);
		p->used = false;
	}
	return status;
}
