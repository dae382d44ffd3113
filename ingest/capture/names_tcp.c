/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One side of a TCP connection put in order (RFC 9293, section 3.4). What comes in
 * its turn is read straight from the packet; what goes on in another segment, or came
 * before its turn, waits in a buffer. What never comes is counted.
 */
#include "ingest/capture/names.h"

/* Keeps a piece for later. */
static enum status keep(struct talk *t, size_t offset, struct slice bytes, bool *ret_kept,
			struct error *err)
{
	bool lost = false;
	*ret_kept = stream_put(t->d->streams, t->f, t->side, offset, bytes, &lost);
	return lost ? names_skip(t, "a message in TCP segments given up for a newer one", err) : OK;
}

/* Reads what waits at the front as far as it goes. */
static enum status read_waiting(struct talk *t, struct error *err)
{
	struct streams *all = t->d->streams;
	struct slice waiting = stream_waiting(all, t->f, t->side);
	struct taken taken = {.err = err};
	if (waiting.size == 0)
		return OK;
	names_messages(t, waiting, &taken);
	if (taken.more && waiting.size == STREAM_MAX) {
		taken.used = waiting.size;
		taken.status = names_skip(t, "a message in TCP segments that is too long", err);
	}
	stream_drop(all, t->f, t->side, taken.used);
	names_side(t)->base += (uint32_t)taken.used;
	if (names_side(t)->phase == PHASE_DONE)
		stream_drop(all, t->f, t->side, STREAM_MAX);
	return taken.status;
}

enum status names_tcp_flush(struct talk *t, struct error *err)
{
	struct streams *all = t->d->streams;
	enum status status = OK;
	bool missing = false;
	t->cut = true;
	for (int i = 0; i <= STREAM_PIECES && !status && stream_holds(all, t->f, t->side); i++) {
		size_t gap = stream_missing(all, t->f, t->side);
		missing = missing || gap > 0;
		stream_drop(all, t->f, t->side, gap);
		names_side(t)->base += (uint32_t)gap;
		status = read_waiting(t, err);
	}
	if (status || !missing)
		return status;
	return names_skip(t, "a message in TCP segments with a piece missing", err);
}

/* The next bytes in order, straight from the packet; only what goes on is copied. */
static enum status read_directly(struct talk *t, struct slice bytes, size_t size, struct error *err)
{
	struct taken taken = {.err = err};
	bool kept = true;
	names_messages(t, bytes, &taken);
	struct slice rest = slice_part(bytes, taken.used, bytes.size);
	if (taken.status || names_side(t)->phase == PHASE_DONE)
		return taken.status;
	names_side(t)->base += (uint32_t)(taken.more ? taken.used : size);
	if (!taken.more)
		return OK;
	enum status status = keep(t, 0, rest, &kept, err);
	if (!status && !kept)
		status = names_skip(t, "a message in TCP segments that is too long", err);
	return status;
}

/* The body of a request need not be there to be passed over. */
static uint32_t pass_over(struct flow_side *s, uint32_t ahead)
{
	uint32_t passed = ahead < s->pass ? ahead : (uint32_t)s->pass;
	s->pass -= passed;
	s->base += passed;
	return ahead - passed;
}

/* What is missing will not come any more: the segment at hand begins anew. */
static enum status begin_anew(struct talk *t, struct error *err)
{
	struct flow_side *s = names_side(t);
	const struct packet *p = t->p;
	stream_drop(t->d->streams, t->f, t->side, STREAM_MAX);
	s->pass = 0;
	s->base = p->tcp_seq + (p->tcp_flags & TCP_SYN ? 1 : 0);
	return s->phase == PHASE_DONE ? OK : read_directly(t, p->payload, p->payload_size, err);
}

/* Bytes that do not stand alone: something waits, or is missing before them. */
static enum status read_later(struct talk *t, uint32_t ahead, struct slice bytes, struct error *err)
{
	bool kept = false, cut = t->cut;
	enum status status = keep(t, ahead, bytes, &kept, err);
	if (status)
		return status;
	t->cut = false;
	if (!kept) {
		status = names_tcp_flush(t, err);
		t->cut = cut;
		return status ? status : begin_anew(t, err);
	}
	status = read_waiting(t, err);
	if (!status && cut && names_side(t)->phase != PHASE_DONE) { /* the rest never comes */
		status = names_tcp_flush(t, err);
		names_side(t)->base = t->p->tcp_seq + (uint32_t)t->p->payload_size;
	}
	return status;
}

/* Bytes that begin `ahead` of those expected, `size` of them on the wire. */
static enum status read_piece(struct talk *t, uint32_t ahead, struct slice bytes, size_t size,
			      struct error *err)
{
	struct flow_side *s = names_side(t);
	bool holds = stream_holds(t->d->streams, t->f, t->side);
	enum status status;
	if (!holds)
		ahead = pass_over(s, ahead);
	if (s->waiting && !holds)
		status = begin_anew(t, err);
	else if (ahead == 0 && !holds)
		status = read_directly(t, bytes, size, err);
	else
		status = read_later(t, ahead, bytes, err);
	s->waiting = stream_holds(t->d->streams, t->f, t->side);
	return status;
}

enum status names_tcp(struct talk *t, struct error *err)
{
	const struct packet *p = t->p;
	struct flow_side *s = names_side(t);
	uint32_t seq = p->tcp_seq + (p->tcp_flags & TCP_SYN ? 1 : 0);
	size_t size = p->payload_size, old = 0;
	if (s->phase == PHASE_DONE || (p->tcp_flags & TCP_RST))
		return OK;
	if (!s->has_base) {
		s->has_base = true;
		s->base = s->has_isn ? s->isn + 1 : seq;
	}
	int32_t ahead = (int32_t)(seq - s->base);
	if (ahead < 0)
		old = (size_t)(-(int64_t)ahead);
	if (old >= size)
		return OK;
	return read_piece(t, ahead > 0 ? (uint32_t)ahead : 0,
			  slice_part(p->payload, old, p->payload.size), size - old, err);
}
