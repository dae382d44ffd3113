/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A packet from its network layer on: put together from fragments, into its flow, and
 * what it carries in a tunnel into flows of its own.
 */
#include "ingest/capture/dissect.h"

#include "ingest/capture/link.h"
#include "ingest/capture/tunnel.h"

/* A datagram of which pieces are missing: its flow, as far as it can be told. */
static enum status give_up(struct dissect *d, struct datagram *datagram, struct error *err)
{
	struct packet p;
	struct cursor c;
	int64_t id;
	fragments_take(d->fragments, datagram, &p, &c);
	enum status status = dissect_skip(d, "fragments of a datagram that is not whole", p.frame, err);
	const char *problem = p.later_fragment ? NULL : ip_read_extensions(&c, &p);
	if (!problem)
		problem = transport_read(&c, &p);
	if (problem && !status)
		status = dissect_skip(d, problem, p.frame, err);
	if (!status)
		status = dissect_into_flow(d, &p, &id, err);
	fragments_drop(d->fragments, datagram);
	return status;
}

/* Adds a fragment to its datagram, and puts that in its place where it is whole;
 * until then `ret_waits`. */
static enum status put_together(struct dissect *d, struct cursor *c, struct packet *p,
				bool *ret_waits, struct error *err)
{
	struct datagram *datagram = fragments_find(d->fragments, p);
	enum status status = OK;
	if (datagram && datagram_is_stale(datagram, p)) {
		status = give_up(d, datagram, err);
		datagram = NULL;
	}
	if (!status && !datagram && fragments_full(d->fragments))
		status = give_up(d, fragments_oldest(d->fragments), err);
	if (status)
		return status;
	if (!datagram)
		datagram = fragments_begin(d->fragments, p);
	const char *problem = datagram_add(datagram, p, cursor_rest(c));
	*ret_waits = !datagram_is_whole(datagram);
	if (!*ret_waits)
		fragments_take(d->fragments, datagram, p, c);
	return problem ? dissect_skip(d, problem, p->frame, err) : OK;
}

static enum status read_layers(struct dissect *d, struct cursor *c, struct packet *p,
			       bool *ret_waits, struct error *err)
{
	bool ip = p->ethertype == ETHERTYPE_IPV4 || p->ethertype == ETHERTYPE_IPV6;
	const char *problem = NULL;
	if (p->ethertype == ETHERTYPE_ARP)
		problem = arp_read(c, p);
	else if (ip)
		problem = ip_read(c, p);
	else
		p->payload_size = p->size;
	if (ip && !problem && packet_is_fragment(p)) {
		enum status status = put_together(d, c, p, ret_waits, err);
		if (status || *ret_waits)
			return status;
		problem = ip_read_extensions(c, p);
	}
	if (ip && !problem)
		problem = transport_read(c, p);
	return problem ? dissect_skip(d, problem, p->frame, err) : OK;
}

/* What stands in a tunnel begins like a frame without a link header. */
static struct packet inside(const struct packet *p, const struct tunnel *t, int64_t outer)
{
	return (struct packet){
		.frame = p->frame,
		.way = p->way,
		.loopback = p->loopback,
		.ifindex = p->ifindex,
		.missing = p->payload_size - p->payload.size,
		.pid = p->pid,
		.process = p->process,
		.iface = p->iface,
		.network = p->network * 31 + ((uint32_t)t->kind << 24 | t->identifier),
		.outer = outer,
		.since_ns = p->since_ns,
	};
}

static enum status walk(struct dissect *d, struct cursor *c, struct packet *p, const char *problem,
			struct error *err)
{
	for (unsigned depth = 0;; depth++) {
		struct tunnel t;
		int64_t id;
		bool waits = false;
		enum status status = OK;
		p->size = p->payload_size = cursor_left(c) + p->missing;
		if (problem)
			status = dissect_skip(d, problem, p->frame, err);
		if (status || (problem && p->ethertype == 0))
			return status;
		if (!problem) {
			p->payload_size = 0;
			status = read_layers(d, c, p, &waits, err);
		}
		if (!status && !waits)
			status = dissect_into_flow(d, p, &id, err);
		if (status || waits)
			return status;
		if (!tunnel_find(p, c, &t, &problem))
			return problem ? dissect_skip(d, problem, p->frame, err) : OK;
		if (depth == TUNNELS_MAX)
			return dissect_skip(d, "more tunnels in each other than are read", p->frame, err);
		*p = inside(p, &t, id);
		problem = t.type ? link_read_type(c, t.type, p) : link_read(c, t.link, p);
	}
}

enum status layers_read(struct dissect *d, struct cursor *c, struct packet *p, const char *problem,
			struct error *err)
{
	enum status status = walk(d, c, p, problem, err);
	fragments_release(d->fragments);
	return status;
}

enum status layers_end(struct dissect *d, struct error *err)
{
	struct datagram *datagram;
	while ((datagram = fragments_oldest(d->fragments))) {
		enum status status = give_up(d, datagram, err);
		if (status)
			return status;
	}
	return OK;
}
