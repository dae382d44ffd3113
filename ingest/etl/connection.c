/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/connection_place.h"

#include "ingest/etl/event.h"

#include <stdio.h>
#include <stdlib.h>

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

static struct connection_key key_of(const struct connection_event *e)
{
	struct connection_key k = {.lport = e->lport, .rport = e->rport, .udp = e->udp, .other = e->other,
				   .origin = (uint8_t)e->origin, .family = (uint8_t)e->remote.family, .pid = e->pid};
	memcpy(k.local, e->local.bytes, sizeof k.local);
	memcpy(k.remote, e->remote.bytes, sizeof k.remote);
	return k;
}

static uint32_t *chain_of(struct connections *c, const struct connection_key *k)
{
	const unsigned char *bytes = (const unsigned char *)k;
	uint64_t h = 0;
	for (size_t i = 0; i < sizeof *k; i += 4) {
		uint32_t word;
		memcpy(&word, bytes + i, sizeof word);
		h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29;
	}
	return &c->chains[h % CONNECTION_BUCKETS];
}

struct connection_place *connection_find(struct connections *c, const struct connection_key *k)
{
	for (uint32_t at = *chain_of(c, k); at != CONNECTION_NONE; at = c->places[at - 1].next)
		if (!memcmp(&c->places[at - 1].key, k, sizeof *k))
			return &c->places[at - 1];
	return NULL;
}

static void unlink_place(struct connections *c, const struct connection_place *p)
{
	uint32_t number = (uint32_t)(p - c->places) + 1;
	for (uint32_t *at = chain_of(c, &p->key); *at != CONNECTION_NONE; at = &c->places[*at - 1].next)
		if (*at == number) {
			*at = p->next;
			return;
		}
}

/* Who has that number at that time, in a live stream; an id of 0: nobody that is known. */
static struct process_row holder_of(const struct connections *c, const struct connection_event *e)
{
	struct process_row row = {.id = 0};
	if (!c->live || e->pid == EVENT_NOBODY || !process_table_find(c->processes, e->pid, e->time_ns, &row))
		return (struct process_row){.id = 0};
	return row;
}

static void begin(struct connections *c, struct connection_place *p, const struct connection_key *k,
		  const struct connection_event *e)
{
	const struct process_row holder = holder_of(c, e);
	uint32_t next = p->next;
	*p = (struct connection_place){.key = *k, .used = true, .next = next, .first_ns = e->time_ns, .number = e->number};
	p->holder = holder.id;
	p->member = holder.member;
	if (e->program)
		snprintf(p->program, sizeof p->program, "%s", e->program);
}

static enum status add(struct connections *c, const struct connection_key *k, const struct connection_event *e,
		       struct connection_place **ret, struct error *err)
{
	enum status status = OK;
	struct connection_place *p = &c->places[c->hand];
	c->hand = (c->hand + 1) % CONNECTIONS_MAX;
	if (p->used) {
		unlink_place(c, p);
		status = connection_write(c, p, err);
	}
	uint32_t *chain = chain_of(c, k);
	p->next = *chain;
	*chain = (uint32_t)(p - c->places) + 1;
	begin(c, p, k, e);
	*ret = p;
	return status;
}

static void add_up(struct connection_place *p, const struct connection_event *e)
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

/* Is it another one between the same ends? By its own word, or because the number of its
 * process was given to another one meanwhile, or that was taken into the session. */
static bool is_another(const struct connections *c, const struct connection_place *p, const struct connection_event *e)
{
	const struct process_row holder = holder_of(c, e);
	bool begins = e->act == CONNECTION_CONNECTS || e->act == CONNECTION_ACCEPTS;
	if (begins && (p->closed || p->failed))
		return true;
	return (holder.member && !p->member) || (holder.id && p->holder && holder.id != p->holder);
}

enum status connections_note(struct connections *c, const struct connection_event *e, struct error *err)
{
	struct connection_key k = key_of(e);
	enum status status = OK;
	struct connection_place *p = connection_find(c, &k);
	if (!p) {
		status = add(c, &k, e, &p, err);
	} else if (is_another(c, p, e)) {
		status = connection_write(c, p, err);
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
		struct connection_place *p = &c->places[(c->hand + i) % CONNECTIONS_MAX];
		if (p->used)
			status = connection_write(c, p, err);
		p->used = false;
	}
	return status;
}
