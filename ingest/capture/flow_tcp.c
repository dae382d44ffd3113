/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a TCP segment is new (RFC 9293, section 3.4: sequence numbers wrap, so
 * they are compared by their difference), and what it does to the connection.
 *
 * Bytes are counted by sequence number: a segment that was sent but not captured
 * counts once the next one shows it, and a late one does not count again. A step that
 * no loss explains counts once the other side acknowledged it: one forged segment
 * cannot make a gigabyte.
 */
#include "ingest/capture/flow.h"

enum {
	GAP_MAX = 1 << 24,    /* bytes missing that are believed at once */
	BEHIND_MAX = 1 << 30, /* the largest window (RFC 7323, section 2.3) */
};

bool flow_tcp_restarts(const struct flow *f, unsigned side, const struct packet *p)
{
	if ((p->tcp_flags & (TCP_SYN | TCP_ACK | TCP_RST)) != TCP_SYN)
		return false;
	const struct flow_side *s = &f->sides[side];
	if (s->has_isn)
		return s->isn != p->tcp_seq;
	/* both ends may open at once; anything else was another connection */
	return f->state != FLOW_SYN_SENT;
}

static bool is_acked(const struct flow_side *s, uint32_t seq)
{
	return s->has_acked && (int32_t)(s->acked - seq) >= 0;
}

static void count_gap(struct flow_side *s, uint32_t seq)
{
	uint32_t size = seq - s->next;
	if (size <= GAP_MAX || is_acked(s, seq)) {
		s->bytes += size;
	} else {
		s->claimed += size;
		s->claimed_to = seq;
	}
}

/* The other side has everything before `ack`. */
static void acknowledge(struct flow_side *s, uint32_t ack)
{
	s->acked = ack;
	s->has_acked = true;
	if (s->claimed > 0 && is_acked(s, s->claimed_to)) {
		s->bytes += s->claimed;
		s->claimed = 0;
	}
}

static void count(struct flow_side *s, const struct packet *p, struct fresh *ret)
{
	uint32_t seq = p->tcp_seq + ((p->tcp_flags & TCP_SYN) ? 1 : 0);
	size_t size = p->payload_size, old = 0;
	if (!s->has_next) {
		s->has_next = true;
		s->next = seq;
	}
	if (size == 0 || (p->tcp_flags & TCP_RST))
		return;
	int32_t ahead = (int32_t)(seq - s->next);
	if (ahead > 0) {
		ret->gap = true;
		count_gap(s, seq);
	} else if (ahead > -BEHIND_MAX) {
		old = (size_t)(-(int64_t)ahead);
	} else {
		ret->gap = true;
	}
	if (old >= size)
		return;
	s->bytes += size - old;
	s->next = seq + (uint32_t)size;
	ret->bytes = slice_part(p->payload, old, size - old);
}

static enum flow_state next_state(const struct flow *f, unsigned side, uint8_t flags)
{
	bool syn = flags & TCP_SYN, ack = flags & TCP_ACK;
	if (flags & TCP_RST) {
		if (f->state == FLOW_SYN_SENT && side != f->opener)
			return FLOW_REFUSED;
		return f->state == FLOW_CLOSED || f->state == FLOW_REFUSED ? f->state : FLOW_RESET;
	}
	if (f->sides[0].fin && f->sides[1].fin && f->state != FLOW_RESET)
		return FLOW_CLOSED;
	if (f->state == FLOW_PLAIN)
		return !syn ? FLOW_MIDSTREAM : ack ? FLOW_ESTABLISHED : FLOW_SYN_SENT;
	if (f->state == FLOW_SYN_SENT && ack)
		return FLOW_ESTABLISHED;
	return f->state;
}

void flow_tcp(struct flow *f, unsigned side, const struct packet *p, struct fresh *ret)
{
	struct flow_side *s = &f->sides[side];
	*ret = (struct fresh){.bytes = slice_of(NULL, 0)};
	if ((p->tcp_flags & TCP_SYN) && !s->has_isn) {
		s->has_isn = true;
		s->isn = p->tcp_seq;
	}
	count(s, p, ret);
	if ((p->tcp_flags & (TCP_ACK | TCP_RST)) == TCP_ACK)
		acknowledge(&f->sides[1 - side], p->tcp_ack);
	if (p->tcp_flags & TCP_FIN)
		s->fin = true;
	f->state = next_state(f, side, p->tcp_flags);
	f->over = f->state == FLOW_CLOSED || f->state == FLOW_RESET || f->state == FLOW_REFUSED;
}
