/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/fragment.h"

#include "core/clock.h"
#include "core/error.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNIT = 8, /* bytes; offsets count in them */
	UNITS_MAX = (DATAGRAM_BYTES_MAX + UNIT) / UNIT,
	WAIT_S = 60, /* RFC 8200, section 4.5 */
};

enum state { STATE_FREE, STATE_WAITING, STATE_TAKEN };

struct datagram {
	enum state state;
	uint64_t order;       /* of its begin */
	struct packet packet; /* of its first byte where that came, else of any piece */
	struct frame frame;   /* of the latest piece; without its bytes */
	int64_t first_ns;
	uint32_t pieces;
	size_t total;    /* 0: the last piece is not there */
	size_t end;      /* of the piece that reaches farthest */
	size_t covered;  /* bytes that are there, on the wire */
	size_t readable; /* from here on some were not captured */
	bool have[UNITS_MAX];
	unsigned char bytes[UNITS_MAX * UNIT];
};

struct fragments {
	uint64_t begun;
	size_t taken;
	struct datagram *all[DATAGRAMS_MAX]; /* taken when first needed */
};

struct fragments *fragments_new(void)
{
	return must_alloc(1, sizeof(struct fragments));
}

void fragments_free(struct fragments *t)
{
	for (size_t i = 0; t && i < DATAGRAMS_MAX; i++)
		free(t->all[i]);
	free(t);
}

static bool is_same(const struct packet *a, const struct packet *b, const struct frame *frame)
{
	return a->fragment_id == b->fragment_id && a->ifindex == b->ifindex &&
	       a->network == b->network && a->ethertype == b->ethertype &&
	       (a->proto == b->proto || a->ethertype == ETHERTYPE_IPV6) &&
	       frame->interface == b->frame->interface && address_equal(&a->src, &b->src) &&
	       address_equal(&a->dst, &b->dst);
}

struct datagram *fragments_find(struct fragments *t, const struct packet *p)
{
	for (size_t i = 0; i < DATAGRAMS_MAX; i++) {
		struct datagram *d = t->all[i];
		if (d && d->state == STATE_WAITING && is_same(&d->packet, p, &d->frame))
			return d;
	}
	return NULL;
}

bool datagram_is_stale(const struct datagram *d, const struct packet *p)
{
	int64_t now = p->frame->time_ns;
	return now > d->first_ns && now - d->first_ns > WAIT_S * CLOCK_SECOND;
}

struct datagram *fragments_oldest(struct fragments *t)
{
	struct datagram *oldest = NULL;
	for (size_t i = 0; i < DATAGRAMS_MAX; i++) {
		struct datagram *d = t->all[i];
		if (d && d->state == STATE_WAITING && (!oldest || d->order < oldest->order))
			oldest = d;
	}
	return oldest;
}

bool fragments_full(const struct fragments *t)
{
	for (size_t i = 0; i < DATAGRAMS_MAX; i++)
		if (!t->all[i] || t->all[i]->state == STATE_FREE)
			return false;
	return true;
}

struct datagram *fragments_begin(struct fragments *t, const struct packet *p)
{
	size_t at = 0;
	while (t->all[at] && t->all[at]->state != STATE_FREE)
		at++;
	if (!t->all[at])
		t->all[at] = must_alloc(1, sizeof *t->all[at]);
	struct datagram *d = t->all[at];
	memset(d, 0, offsetof(struct datagram, bytes));
	d->state = STATE_WAITING;
	d->order = ++t->begun;
	d->packet = *p;
	d->frame = *p->frame;
	d->first_ns = p->frame->time_ns;
	d->readable = DATAGRAM_BYTES_MAX;
	return d;
}

/* Does the piece agree with what is known of where the datagram ends? */
static bool fits(const struct datagram *d, const struct packet *p)
{
	size_t end = p->fragment_offset + p->size;
	if (p->size == 0 || end > DATAGRAM_BYTES_MAX || (p->more_fragments && p->size % UNIT != 0))
		return false;
	if (p->more_fragments)
		return d->total == 0 || end < d->total;
	return d->total == 0 ? end >= d->end : end == d->total;
}

static void keep(struct datagram *d, size_t at, size_t size, struct slice bytes)
{
	d->have[at / UNIT] = true;
	d->covered += size;
	if (bytes.size)
		memcpy(d->bytes + at, bytes.at, bytes.size);
	if (bytes.size < size && at + bytes.size < d->readable)
		d->readable = at + bytes.size;
}

/* The same bytes once more, as a capture of two interfaces has them, are no harm. */
static const char *add_units(struct datagram *d, size_t offset, size_t size, struct slice bytes)
{
	bool old = false, fresh = false, differs = false;
	for (size_t i = 0; i < size; i += UNIT) {
		size_t step = size - i < UNIT ? size - i : UNIT;
		struct slice unit = slice_part(bytes, i, step);
		if (!d->have[(offset + i) / UNIT]) {
			fresh = true;
			keep(d, offset + i, step, unit);
			continue;
		}
		old = true;
		differs |= unit.size && memcmp(d->bytes + offset + i, unit.at, unit.size) != 0;
	}
	return differs || (old && fresh) ? "overlapping fragments" : NULL;
}

const char *datagram_add(struct datagram *d, const struct packet *p, struct slice bytes)
{
	uint64_t number = d->frame.number;
	d->frame = *p->frame;
	d->frame.number = number; /* the first one's */
	d->pieces++;
	if (!fits(d, p))
		return "a fragment that does not fit its datagram";
	if (p->fragment_offset == 0)
		d->packet = *p;
	size_t end = p->fragment_offset + p->size;
	if (!p->more_fragments)
		d->total = end;
	if (end > d->end)
		d->end = end;
	return add_units(d, p->fragment_offset, p->size, bytes);
}

bool datagram_is_whole(const struct datagram *d)
{
	return d->total != 0 && d->covered == d->total;
}

void fragments_take(struct fragments *t, struct datagram *d, struct packet *ret_packet,
		    struct cursor *ret_bytes)
{
	size_t size = 0;
	bool whole = datagram_is_whole(d);
	while (size < d->readable && size / UNIT < UNITS_MAX && d->have[size / UNIT])
		size += UNIT;
	if (size > d->readable)
		size = d->readable;
	if (size > d->end)
		size = d->end;
	d->state = STATE_TAKEN;
	t->taken++;
	d->frame.bytes = d->frame.process = slice_of(NULL, 0);
	*ret_packet = d->packet;
	*ret_bytes = cursor_over(slice_of(d->bytes, size));
	ret_packet->frame = &d->frame;
	ret_packet->process = ret_packet->iface = slice_of(NULL, 0); /* they stood in the bytes */
	ret_packet->fragment_offset = 0;
	ret_packet->more_fragments = false;
	ret_packet->size = d->covered;
	ret_packet->since_ns = d->first_ns;
	ret_packet->more_packets = d->pieces - 1;
	ret_packet->first_fragment = !whole && d->have[0];
	ret_packet->later_fragment = !whole && !d->have[0];
}

void fragments_drop(struct fragments *t, struct datagram *d)
{
	d->state = STATE_FREE;
	t->taken--;
}

void fragments_release(struct fragments *t)
{
	for (size_t i = 0; t->taken > 0 && i < DATAGRAMS_MAX; i++)
		if (t->all[i] && t->all[i]->state == STATE_TAKEN)
			fragments_drop(t, t->all[i]);
}
