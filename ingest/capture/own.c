/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In this order, and the first that tells anything ends it:
 *
 *   interface   an address that the file gives its interface (pcapng)
 *   direction   an address that packets marked as sent came from, or that those marked as
 *               received went to, and never the other way round (as a router's do)
 *   guess       the one address that is an end of 95 % of the flows between single machines,
 *               with two others at least, while no other address is. Of IPv4, IPv6 and
 *               link-local IPv6 each by itself. None where it is a public address and others
 *               are not: that is rather a server, at which somebody's traffic was looked.
 *
 * The addresses are counted in a table of fixed size. Once it is full, one that is new takes
 * one off the weight of each that is in it, and those without weight go (Misra and Gries,
 * 1982): who is an end of more than one flow in OWN_ENDS_MAX is still there at the end. The
 * hash is keyed, for whoever writes the packets chooses the addresses.
 */
#include "ingest/capture/own.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { SLOTS = 2 * OWN_ENDS_MAX, LAST_OF_BROADCAST = 255 };

enum kind { KIND_V4, KIND_V6, KIND_V6_LINK, KINDS };

struct end {
	struct address address, peer; /* the first that it was seen with */
	uint64_t weight;              /* 0: an empty slot */
	uint64_t flows, marked;       /* an end of so many; of so many as this machine */
	bool peers;                   /* more than one */
	bool near_peer;               /* one that is not public */
	bool foreign;                 /* marked as another machine */
};

struct own {
	struct ingest *to;
	uint64_t seed;
	uint64_t flows[KINDS], marked;
	size_t used;
	bool forgot; /* an address: who was marked how is not known for sure any more */
	size_t told;
	struct address interfaces[OWN_TOLD_MAX];
	struct end slots[SLOTS], spare[SLOTS];
};

struct own *own_new(struct ingest *to)
{
	if (to->start->host_told)
		return NULL;
	struct own *o = must_alloc(1, sizeof *o);
	o->to = to;
	/* without randomness only the bound on time is lost */
	if (getrandom(&o->seed, sizeof o->seed, 0) != (ssize_t)sizeof o->seed)
		o->seed = (uint64_t)(uintptr_t)o;
	return o;
}

void own_free(struct own *o)
{
	free(o);
}

static bool is_single(const struct address *a)
{
	enum address_class class = address_class(a);
	return a->family != ADDRESS_NONE && class != CLASS_LOOPBACK && class != CLASS_MULTICAST &&
	       !(a->family == ADDRESS_V4 && a->bytes[3] == LAST_OF_BROADCAST);
}

static enum kind kind_of(const struct address *a)
{
	if (a->family == ADDRESS_V4)
		return KIND_V4;
	return address_class(a) == CLASS_LINK_LOCAL ? KIND_V6_LINK : KIND_V6;
}

void own_stated(struct own *o, const struct address *a)
{
	if (!o || o->told == OWN_TOLD_MAX || !is_single(a))
		return;
	for (size_t i = 0; i < o->told; i++)
		if (address_equal(&o->interfaces[i], a))
			return;
	o->interfaces[o->told++] = *a;
}

/* Where the address stands, or may be put; there is always an empty slot. */
static struct end *slot_of(struct own *o, struct end slots[], const struct address *a)
{
	uint64_t words[2], h = o->seed ^ a->family;
	memcpy(words, a->bytes, sizeof words);
	for (size_t i = 0; i < LENGTH(words); i++) {
		h = (h ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29 ^ o->seed;
	}
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	size_t at = (size_t)(h >> 32) % SLOTS;
	while (slots[at].weight && !address_equal(&slots[at].address, a))
		at = (at + 1) % SLOTS;
	return &slots[at];
}

static void make_room(struct own *o)
{
	memset(o->spare, 0, sizeof o->spare);
	o->used = 0;
	for (size_t i = 0; i < SLOTS; i++) {
		struct end *e = &o->slots[i];
		if (e->weight <= 1)
			continue;
		e->weight--;
		*slot_of(o, o->spare, &e->address) = *e;
		o->used++;
	}
	memcpy(o->slots, o->spare, sizeof o->slots);
	o->forgot = true;
}

/* NULL: it is one of too many. */
static struct end *end_of(struct own *o, const struct address *a)
{
	struct end *e = slot_of(o, o->slots, a);
	if (!e->weight && o->used == OWN_ENDS_MAX) {
		make_room(o);
		return NULL;
	}
	if (!e->weight) {
		o->used++;
		e->address = *a;
	}
	e->weight++;
	return e;
}

static void count_end(struct own *o, const struct address *a, const struct address *peer, bool own,
		      bool foreign)
{
	struct end *e = end_of(o, a);
	if (!e)
		return;
	e->marked += own;
	e->foreign = e->foreign || foreign;
	if (!is_single(peer) || kind_of(peer) != kind_of(a))
		return;
	if (e->flows++ == 0)
		e->peer = *peer;
	else if (!address_equal(&e->peer, peer))
		e->peers = true;
	if (address_class(peer) != CLASS_PUBLIC)
		e->near_peer = true;
}

void own_count(struct own *o, const struct flow *f)
{
	if (!o || !(f->key.flags & KEY_IP) || f->loopback || f->outer)
		return;
	const struct address *from = &f->key.ends[f->opener], *to = &f->key.ends[1 - f->opener];
	bool out = f->way == WAY_OUT, in = f->way == WAY_IN;
	if (address_equal(from, to))
		return;
	o->marked += out || in;
	if (is_single(from) && is_single(to) && kind_of(from) == kind_of(to))
		o->flows[kind_of(from)]++;
	if (is_single(from))
		count_end(o, from, to, out, in);
	if (is_single(to))
		count_end(o, to, from, in, out);
}

static enum status write_row(struct own *o, const struct address *a, const char *how, uint64_t flows,
			     uint64_t of_flows, struct error *err)
{
	char text[ADDRESS_TEXT_MAX];
	struct row_stream *q = row_begin(o->to->rows, QUERY_CAPTURE_HOST_INSERT);
	address_text(a, text);
	row_i64(q, 1, o->to->source);
	row_text(q, 2, text);
	row_text(q, 3, how);
	row_i64(q, 4, (int64_t)flows);
	row_i64(q, 5, (int64_t)of_flows);
	return row_end(q, err);
}

static uint64_t all_flows(const struct own *o)
{
	return o->flows[KIND_V4] + o->flows[KIND_V6] + o->flows[KIND_V6_LINK];
}

static enum status write_interfaces(struct own *o, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < o->told && !status; i++) {
		const struct end *e = slot_of(o, o->slots, &o->interfaces[i]);
		status = write_row(o, &o->interfaces[i], "interface", e->flows, all_flows(o), err);
	}
	return status;
}

static enum status write_marked(struct own *o, struct error *err)
{
	enum status status = OK;
	size_t told = 0;
	for (size_t i = 0; i < SLOTS && told < OWN_TOLD_MAX && !status && !o->forgot; i++) {
		const struct end *e = &o->slots[i];
		if (!e->weight || !e->marked || e->foreign)
			continue;
		status = write_row(o, &e->address, "direction", e->marked, o->marked, err);
		told++;
	}
	return status;
}

static bool may_be(const struct own *o, const struct end *e)
{
	return e->weight && e->flows > 0 && e->flows * 100 >= o->flows[kind_of(&e->address)] * OWN_SHARE;
}

static enum status guess(struct own *o, enum kind kind, struct error *err)
{
	const struct end *found = NULL;
	for (size_t i = 0; i < SLOTS; i++) {
		const struct end *e = &o->slots[i];
		if (!may_be(o, e) || kind_of(&e->address) != kind)
			continue;
		if (found)
			return OK;
		found = e;
	}
	if (!found || !found->peers || (address_class(&found->address) == CLASS_PUBLIC && found->near_peer))
		return OK;
	return write_row(o, &found->address, "guess", found->flows, o->flows[kind], err);
}

enum status own_write(struct own *o, struct error *err)
{
	if (!o)
		return OK;
	if (o->told > 0)
		return write_interfaces(o, err);
	enum status status = write_marked(o, err);
	if (o->marked || o->to->filter) /* what a filter left says nothing of the rest */
		return status;
	for (enum kind kind = KIND_V4; kind < KINDS && !status; kind++)
		status = guess(o, kind, err);
	return status;
}
