/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/packets.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINKTYPE_ETHERNET = 1,
	LINKTYPE_RAW = 101,
	LINKTYPE_IEEE802_11 = 105,
};

/* One that waits for its last fragment. */
struct open {
	bool used;
	unsigned processor;
	uint32_t interface;
	uint64_t number; /* of its first event */
	size_t size;
	unsigned char *bytes; /* owned: PACKET_MAX */
};

struct packets {
	struct ingest *to;
	struct dissect *d; /* owned; NULL until the first packet */
	int64_t next_dns;  /* until then */
	struct open open[PACKETS_OPEN];
};

struct packets *packets_new(struct ingest *to)
{
	struct packets *p = must_alloc(1, sizeof *p);
	p->to = to;
	p->next_dns = to->start->dns;
	return p;
}

void packets_free(struct packets *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < PACKETS_OPEN; i++)
		free(p->open[i].bytes);
	dissect_free(p->d);
	free(p);
}

int64_t packets_dns_id(struct packets *p)
{
	return p->d ? p->d->next_dns++ : p->next_dns++;
}

static enum status dissect(struct packets *p, const struct packet_event *e, struct slice bytes, int64_t time_ns,
			   uint64_t number, struct error *err)
{
	static const unsigned types[] = {
		[PACKET_ETHERNET] = LINKTYPE_ETHERNET, [PACKET_WIRELESS] = LINKTYPE_IEEE802_11, [PACKET_IP] = LINKTYPE_RAW};
	const struct frame frame = {
		.number = number,
		.time_ns = time_ns,
		.linktype = types[e->link],
		.interface = e->interface,
		.way = e->out ? WAY_OUT : e->in ? WAY_IN : WAY_UNKNOWN,
		.bytes = bytes,
		.original = e->original > bytes.size ? e->original : bytes.size,
	};
	if (!p->d) {
		p->d = dissect_new(p->to);
		p->d->next_dns = p->next_dns;
	}
	return dissect_packet(p->d, &frame, err);
}

static enum status give_up(struct packets *p, struct open *o, struct error *err)
{
	if (!o->used)
		return OK;
	o->used = false;
	return ingest_skip(p->to, "a packet of which fragments are missing", o->number, slice_of(o->bytes, o->size), err);
}

static struct open *find(struct packets *p, const struct packet_event *e, unsigned processor)
{
	for (size_t i = 0; i < PACKETS_OPEN; i++)
		if (p->open[i].used && p->open[i].processor == processor && p->open[i].interface == e->interface)
			return &p->open[i];
	return NULL;
}

/* A free place, or that of the one that waits longest. */
static enum status begin(struct packets *p, unsigned processor, uint32_t interface, uint64_t number,
			 struct open **ret, struct error *err)
{
	struct open *o = &p->open[0];
	for (size_t i = 0; i < PACKETS_OPEN && o->used; i++)
		if (!p->open[i].used || p->open[i].number < o->number)
			o = &p->open[i];
	enum status status = give_up(p, o, err);
	if (!o->bytes)
		o->bytes = must_alloc(PACKET_MAX, 1);
	*o = (struct open){true, processor, interface, number, 0, o->bytes};
	*ret = o;
	return status;
}

static bool append(struct open *o, struct slice bytes)
{
	if (bytes.size > PACKET_MAX - o->size)
		return false;
	if (bytes.size)
		memcpy(o->bytes + o->size, bytes.at, bytes.size);
	o->size += bytes.size;
	return true;
}

enum status packets_note(struct packets *p, const struct packet_event *e, unsigned processor, int64_t time_ns,
			 uint64_t number, struct error *err)
{
	enum status status = OK;
	if (e->first && e->last)
		return dissect(p, e, e->bytes, time_ns, number, err);
	struct open *o = find(p, e, processor);
	if (e->first) {
		if (o)
			status = give_up(p, o, err);
		if (!status)
			status = begin(p, processor, e->interface, number, &o, err);
	} else if (!o) {
		return ingest_skip(p->to, "a fragment of a packet of which the beginning is missing", number, e->bytes, err);
	}
	if (status)
		return status;
	if (!append(o, e->bytes))
		return give_up(p, o, err);
	if (!e->last)
		return OK;
	o->used = false;
	return dissect(p, e, slice_of(o->bytes, o->size), time_ns, o->number, err);
}

enum status packets_end(struct packets *p, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < PACKETS_OPEN && !status; i++)
		status = give_up(p, &p->open[i], err);
	return status || !p->d ? status : dissect_end(p->d, err);
}
