/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A packet through its layers and into its flow. A packet that cannot be read to
 * its end still becomes part of a flow, with what is known of it: it was on the
 * wire. Only what has no readable link header is counted and nothing more.
 */
#include "ingest/capture/dissect.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXAMPLE_MAX = 64 };

enum status dissect_new(struct ingest *to, struct dissect **ret, struct error *err)
{
	struct dissect *d = must_alloc(1, sizeof *d);
	d->to = to;
	d->flows = flow_table_new();
	d->streams = streams_new();
	d->hosts = must_alloc(1, sizeof *d->hosts);
	d->answers = text_make(ANSWERS_TEXT_MAX);
	d->detail = text_make(DETAIL_MAX);
	enum status status = hosts_load(to->store, d->hosts, err);
	if (!status)
		status = store_number(store_query(to->store, QUERY_FLOW_NEXT), &d->next_flow, err);
	if (status)
		dissect_free(d);
	else
		*ret = d;
	return status;
}

void dissect_free(struct dissect *d)
{
	if (!d)
		return;
	flow_table_free(d->flows);
	streams_free(d->streams);
	free(d->hosts);
	text_free(&d->answers);
	text_free(&d->detail);
	free(d);
}

static enum status end_flow(struct dissect *d, struct flow *f, struct error *err)
{
	stream_drop(d->streams, f, 0, STREAM_MAX);
	stream_drop(d->streams, f, 1, STREAM_MAX);
	enum status status = flow_write(d, f, err);
	flow_remove(d->flows, f);
	return status;
}

enum status dissect_end(struct dissect *d, struct error *err)
{
	struct flow *f;
	while ((f = flow_oldest(d->flows))) {
		enum status status = end_flow(d, f, err);
		if (status)
			return status;
	}
	return OK;
}

static enum way other_way(enum way way)
{
	return way == WAY_OUT ? WAY_IN : way == WAY_IN ? WAY_OUT : WAY_UNKNOWN;
}

static enum status begin_flow(struct dissect *d, const struct packet *p, const struct flow_key *key,
			      unsigned side, struct flow **ret, struct error *err)
{
	enum status status = OK;
	if (flow_table_full(d->flows))
		status = end_flow(d, flow_oldest(d->flows), err);
	if (status)
		return status;
	/* nobody gets to send what was not asked for by calling it a reply */
	bool reply = names_is_reply(p) && (p->way != WAY_OUT || p->proto == PROTO_TCP);
	struct flow *f = flow_add(d->flows, key);
	f->id = d->next_flow++;
	f->first_ns = p->frame->time_ns;
	f->first_packet = p->frame->number;
	f->iface = p->frame->iface;
	f->opener = reply ? 1 - side : side;
	f->way = reply ? other_way(p->way) : p->way;
	f->loopback = p->loopback;
	f->what = p->what;
	*ret = f;
	return dns_rows_named(d, f, p, err);
}

/* Later fragments carry no ports: they follow the first one of their datagram. */
static struct fragment *fragment_of(struct dissect *d, const struct packet *p)
{
	uint64_t h = p->fragment_id ^ (uint64_t)p->proto << 32;
	for (size_t i = 0; i < sizeof p->src.bytes; i++)
		h = (h ^ p->src.bytes[i] ^ (uint64_t)p->dst.bytes[i] << 8) *
		    UINT64_C(0x9E3779B97F4A7C15);
	return &d->fragments[(h >> 32) % FRAGMENTS];
}

static bool find_fragment(struct dissect *d, const struct packet *p, struct flow **ret,
			  unsigned *ret_side)
{
	const struct fragment *known = fragment_of(d, p);
	if (known->flow == 0 || known->at->id != known->flow || known->id != p->fragment_id)
		return false;
	const struct flow_key *key = &known->at->key;
	*ret = known->at;
	*ret_side = known->side;
	return key->number == p->proto && key->ifindex == p->ifindex &&
	       key->interface == p->frame->interface &&
	       address_equal(&key->ends[known->side], &p->src) &&
	       address_equal(&key->ends[1 - known->side], &p->dst);
}

static enum status find_flow(struct dissect *d, const struct packet *p, struct flow **ret,
			     unsigned *ret_side, struct error *err)
{
	struct flow_key key;
	enum status status = OK;
	if (p->later_fragment && find_fragment(d, p, ret, ret_side))
		return OK;
	flow_key_of(p, &key, ret_side);
	*ret = flow_find(d->flows, &key);
	if (*ret && p->has_ports && p->proto == PROTO_TCP &&
	    flow_tcp_restarts(*ret, *ret_side, p)) {
		status = end_flow(d, *ret, err);
		*ret = NULL;
	}
	if (!*ret && !status)
		status = begin_flow(d, p, &key, *ret_side, ret, err);
	if (!status && p->first_fragment)
		*fragment_of(d, p) = (struct fragment){(*ret)->id, *ret, *ret_side, p->fragment_id};
	return status;
}

static enum status into_flow(struct dissect *d, const struct packet *p, struct error *err)
{
	struct flow *f = NULL;
	unsigned side = 0;
	struct fresh fresh = {.bytes = p->payload};
	enum status status = find_flow(d, p, &f, &side, err);
	if (status)
		return status;
	f->sides[side].packets++;
	if (p->frame->time_ns > f->last_ns || f->last_ns == 0)
		f->last_ns = p->frame->time_ns;
	if (p->frame->time_ns < f->first_ns)
		f->first_ns = p->frame->time_ns;
	if (p->has_ports && p->proto == PROTO_TCP)
		flow_tcp(f, side, p, &fresh);
	else
		f->sides[side].bytes += p->payload_size;
	if (!p->has_ports || p->later_fragment)
		return OK;
	return names_read(d, f, side, p, &fresh, err);
}

/* MPLS, PPPoE, provider backbone bridges, Ethernet over Ethernet of switches. */
static bool is_tunnel(uint16_t ethertype)
{
	static const uint16_t types[] = {0x8847, 0x8848, 0x8864, 0x88e7, 0x8926, 0x8903, 0x6558};
	for (size_t i = 0; i < LENGTH(types); i++)
		if (types[i] == ethertype)
			return true;
	return false;
}

static const char *read_layers(struct cursor *c, struct packet *p)
{
	const char *problem =
		is_tunnel(p->ethertype) ? "a tunnel: what is inside it is not read" : NULL;
	if (p->ethertype == ETHERTYPE_ARP)
		problem = arp_read(c, p);
	else if (p->ethertype == ETHERTYPE_IPV4 || p->ethertype == ETHERTYPE_IPV6)
		problem = ip_read(c, p);
	else
		p->payload_size = p->size;
	if (!problem && p->has_addresses && p->ethertype != ETHERTYPE_ARP)
		problem = transport_read(c, p);
	return problem;
}

static enum status skip(struct dissect *d, const char *reason, const struct frame *frame,
			struct error *err)
{
	char hex[2 * EXAMPLE_MAX + 1];
	size_t size = 0;
	for (; size < frame->bytes.size && size < EXAMPLE_MAX; size++)
		snprintf(hex + 2 * size, 3, "%02x", frame->bytes.at[size]);
	return ingest_skip(d->to, reason, frame->number, slice_of(hex, 2 * size), err);
}

/* Over loopback every packet passes twice, first on its way out. A capture that
 * holds only the other half keeps that. */
static bool is_second(struct dissect *d, const struct packet *p)
{
	if (!p->loopback || p->way == WAY_UNKNOWN)
		return false;
	if (p->way == WAY_OUT)
		d->loopback_out = true;
	return p->way != WAY_OUT && d->loopback_out;
}

enum status dissect_packet(struct dissect *d, const struct frame *frame, struct error *err)
{
	struct packet p = {.frame = frame, .way = frame->way};
	struct cursor c = cursor_over(frame->bytes);
	char reason[64];
	if (!link_known(frame->linktype)) {
		snprintf(reason, sizeof reason, "packets of link type %u are not read",
			 frame->linktype);
		return skip(d, reason, frame, err);
	}
	const char *problem = link_read(&c, &p);
	if (problem)
		return skip(d, problem, frame, err);
	if (is_second(d, &p))
		return OK;
	problem = read_layers(&c, &p);
	enum status status = problem ? skip(d, problem, frame, err) : OK;
	return status ? status : into_flow(d, &p, err);
}
