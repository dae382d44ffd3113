/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A packet through its layers and into its flow. A packet that cannot be read to
 * its end still becomes part of a flow, with what is known of it: it was on the
 * wire. Only what has no readable link header is counted and nothing more.
 */
#include "ingest/capture/dissect.h"

#include "ingest/capture/filter.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	EXAMPLE_MAX = 64,
	FRAME_PACKETS_MAX = 1024, /* the longest aggregate has room for 715 */
};

struct dissect *dissect_new(struct ingest *to)
{
	struct dissect *d = must_alloc(1, sizeof *d);
	d->to = to;
	d->hosts = &to->start->hosts;
	d->own = own_new(to);
	d->next_flow = to->start->flow;
	d->next_dns = to->start->dns;
	d->flows = flow_table_new();
	d->streams = streams_new();
	d->quic = quic_new();
	d->strings = strings_new();
	d->known = known_new();
	d->fragments = fragments_new();
	d->answers = text_make(ANSWERS_TEXT_MAX);
	d->detail = text_make(DETAIL_MAX);
	return d;
}

void dissect_free(struct dissect *d)
{
	if (!d)
		return;
	flow_table_free(d->flows);
	streams_free(d->streams);
	quic_free(d->quic);
	strings_free(d->strings);
	known_free(d->known);
	fragments_free(d->fragments);
	own_free(d->own);
	text_free(&d->answers);
	text_free(&d->detail);
	free(d);
}

static enum status end_flow(struct dissect *d, struct flow *f, struct error *err)
{
	enum status status = names_end(d, f, err);
	if (!status)
		status = flow_write(d, f, err);
	own_count(d->own, f);
	flow_remove(d->flows, f);
	return status;
}

static enum way other_way(enum way way)
{
	return way == WAY_OUT ? WAY_IN : way == WAY_IN ? WAY_OUT : way;
}

static enum status begin_flow(struct dissect *d, const struct packet *p, const struct flow_key *key,
			      unsigned side, struct flow **ret, struct error *err)
{
	enum status status = OK;
	if (flow_table_full(d->flows))
		status = end_flow(d, flow_oldest(d->flows), err);
	if (status)
		return status;
	bool reply = direction_is_reply(d, p);
	struct flow *f = flow_add(d->flows, key);
	f->id = d->next_flow++;
	f->first_ns = p->frame->time_ns;
	f->first_packet = p->frame->number;
	f->outer = p->outer;
	f->iface = p->iface.size ? strings_keep(d->strings, p->iface) : p->frame->iface;
	f->opener = reply ? 1 - side : side;
	f->way = reply ? other_way(p->way) : p->way;
	f->loopback = p->loopback;
	f->what = p->what;
	*ret = f;
	return dns_rows_named(d, f, p, err);
}

static enum status find_flow(struct dissect *d, const struct packet *p, struct flow **ret,
			     unsigned *ret_side, struct error *err)
{
	struct flow_key key;
	enum status status = OK;
	flow_key_of(p, &key, ret_side);
	*ret = flow_find(d->flows, &key);
	if (*ret && p->has_ports && p->proto == PROTO_TCP &&
	    flow_tcp_restarts(*ret, *ret_side, p)) {
		status = end_flow(d, *ret, err);
		*ret = NULL;
	}
	if (!*ret && !status)
		status = begin_flow(d, p, &key, *ret_side, ret, err);
	return status;
}

/* Rows are written as flows end, so that little is left to do behind the last packet. */
static enum status settle(struct dissect *d, struct flow *f, struct error *err)
{
	if (!f->over || f->settled)
		return OK;
	flow_settle(d->flows, f);
	f = flow_one_too_many(d->flows);
	return f ? end_flow(d, f, err) : OK;
}

enum status dissect_into_flow(struct dissect *d, const struct packet *p, int64_t *ret_id,
			      struct error *err)
{
	struct flow *f = NULL;
	unsigned side = 0;
	struct fresh fresh = {.bytes = p->payload};
	enum status status = find_flow(d, p, &f, &side, err);
	if (status)
		return status;
	*ret_id = f->id;
	f->sides[side].packets += 1 + p->more_packets;
	if (p->pid && !f->pid) {
		f->pid = p->pid;
		f->process = strings_keep(d->strings, p->process);
	}
	if (p->frame->time_ns > f->last_ns || f->last_ns == 0)
		f->last_ns = p->frame->time_ns;
	int64_t since = p->since_ns ? p->since_ns : p->frame->time_ns;
	if (since < f->first_ns)
		f->first_ns = since;
	if (p->has_ports && p->proto == PROTO_TCP)
		flow_tcp(f, side, p, &fresh);
	else
		f->sides[side].bytes += p->payload_size;
	if (p->has_ports && !p->later_fragment)
		status = names_read(d, f, side, p, err);
	return status ? status : settle(d, f, err);
}

enum status dissect_skip(struct dissect *d, const char *reason, const struct frame *frame,
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
	if (p->loopback && p->way == WAY_OUT)
		d->loopback_out = true;
	return p->loopback && p->way == WAY_IN && d->loopback_out;
}

/* What the link layer found, and what else it put into the same frame. */
static enum status read_packets(struct dissect *d, struct cursor *c, struct packet *p,
				const char *problem, struct error *err)
{
	for (int i = 1;; i++) {
		struct packet link = *p;
		enum status status = layers_read(d, c, p, problem, err);
		if (status || !link_has_next(&link))
			return status;
		if (i == FRAME_PACKETS_MAX)
			return dissect_skip(d, "more packets in one frame than are read", p->frame, err);
		*p = link;
		problem = link_read_next(c, p);
	}
}

void dissect_seen(struct dissect *d, int64_t time_ns)
{
	if (time_ns <= 0)
		return;
	if (d->first_ns == 0 || time_ns < d->first_ns)
		d->first_ns = time_ns;
	if (time_ns > d->last_ns)
		d->last_ns = time_ns;
}

enum status dissect_packet(struct dissect *d, const struct frame *frame, struct error *err)
{
	bool passes = true;
	enum status status = OK;
	dissect_seen(d, frame->time_ns);
	if (d->to->filter)
		status = filter_passes(d->to->filter, frame, &passes, err);
	if (status || !passes) {
		d->left_out++;
		return status;
	}
	struct packet p = {
		.frame = frame,
		.way = frame->way,
		.missing = frame->original - frame->bytes.size,
		.pid = frame->pid,
		.process = frame->process,
	};
	struct cursor c = cursor_over(frame->bytes);
	char reason[64];
	if (!link_known(frame->linktype)) {
		snprintf(reason, sizeof reason, "unknown link type %u", frame->linktype);
		return dissect_skip(d, reason, frame, err);
	}
	const char *problem = link_read(&c, frame->linktype, &p);
	if (!problem && is_second(d, &p))
		return OK;
	return read_packets(d, &c, &p, problem, err);
}

static enum status write_span(struct dissect *d, struct error *err)
{
	if (d->first_ns == 0)
		return OK;
	struct row_stream *q = row_begin(d->to->rows, QUERY_CAPTURE_SPAN);
	row_i64(q, 1, d->to->source);
	row_i64(q, 2, d->first_ns);
	row_i64(q, 3, d->last_ns);
	return row_end(q, err);
}

/* What nobody looked at shows nothing. */
static enum status tell_left_out(struct dissect *d, struct error *err)
{
	char reason[256];
	if (d->left_out == 0)
		return OK;
	snprintf(reason, sizeof reason, "left out by --filter \"%s\"", filter_expression(d->to->filter));
	return ingest_skip_many(d->to, reason, d->left_out, 0, slice_of(NULL, 0), err);
}

enum status dissect_end(struct dissect *d, struct error *err)
{
	struct flow *f;
	enum status status = layers_end(d, err);
	if (!status)
		status = tell_left_out(d, err);
	while (!status && (f = flow_oldest(d->flows)))
		status = end_flow(d, f, err);
	if (!status)
		status = write_span(d, err);
	return status ? status : own_write(d->own, err);
}
