/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Datagrams: names services by their ports, DNS elsewhere by its shape, QUIC and
 * DTLS by their headers. A hello that came in several pieces waits in a buffer.
 */
#include "ingest/capture/names.h"

#include "ingest/capture/http.h"
#include "ingest/capture/proto_app.h"

enum {
	PORT_WEB = 443,
	PORT_SSDP = 1900,
	TRIES_MAX = 16, /* Initials on a flow whose name is known, to find another one */
	LOOKED_AT = 8,  /* packets of a side that may tell what they are */
};

/* A piece of a hello; the whole of it as far as it is there without a gap. */
static enum status add_piece(struct talk *t, uint64_t offset, struct slice bytes,
			     struct slice *ret, struct error *err)
{
	struct streams *all = t->d->streams;
	struct flow_side *s = &t->f->sides[t->side];
	bool lost = false, kept = true;
	*ret = slice_of(NULL, 0);
	if (s->waiting && !stream_holds(all, t->f, t->side)) { /* given up, and counted then */
		s->phase = PHASE_DONE;
		return OK;
	}
	if (offset == 0 && !stream_holds(all, t->f, t->side)) {
		*ret = bytes;
		return OK;
	}
	kept = offset <= STREAM_MAX &&
	       stream_put(all, t->f, t->side, (size_t)offset, bytes, &lost);
	*ret = stream_waiting(all, t->f, t->side);
	s->waiting = stream_holds(all, t->f, t->side);
	if (!kept)
		return names_skip(t, "a ClientHello whose pieces are too far apart", err);
	return lost ? names_skip(t, "a ClientHello given up for a newer one", err) : OK;
}

/* Keeps what was read straight from the packet and is not whole. */
static enum status keep_first(struct talk *t, struct slice bytes, struct error *err)
{
	bool lost = false;
	if (stream_holds(t->d->streams, t->f, t->side))
		return OK;
	if (!stream_put(t->d->streams, t->f, t->side, 0, bytes, &lost))
		return names_skip(t, "a ClientHello whose pieces are too far apart", err);
	t->f->sides[t->side].waiting = true;
	return lost ? names_skip(t, "a ClientHello given up for a newer one", err) : OK;
}

static enum status finish(struct talk *t, const struct tls_hello *h, char transport,
			  const char *problem, struct error *err)
{
	enum status status = h ? names_hello(t, h, transport, err) : OK;
	t->f->sides[t->side].phase = PHASE_DONE;
	t->f->sides[t->side].waiting = false;
	stream_drop(t->d->streams, t->f, t->side, STREAM_MAX);
	return !status && problem ? names_skip(t, problem, err) : status;
}

static enum status read_crypto(struct talk *t, struct slice opened, bool *ret_done,
			       struct error *err)
{
	struct cursor c = cursor_over(opened);
	struct quic_crypto piece;
	struct slice hello = slice_of(NULL, 0);
	struct tls_hello h;
	const char *problem = NULL;
	enum status status = OK;
	while (!status && quic_crypto(&c, &piece, &problem)) {
		status = add_piece(t, piece.offset, piece.bytes, &hello, err);
		if (status || hello.size == 0)
			continue;
		switch (tls_hello_message(hello, &h)) {
		case TLS_MORE:
			status = keep_first(t, hello, err);
			break;
		case TLS_HELLO:
			*ret_done = true;
			return finish(t, &h, 'q', NULL, err);
		case TLS_NOT: /* what follows a hello in the same stream */
		case TLS_BROKEN:
			*ret_done = true;
			return finish(t, NULL, 'q', "a ClientHello that breaks its format", err);
		}
	}
	return !status && problem ? names_skip(t, problem, err) : status;
}

static enum status add_google(struct talk *t, uint32_t version, struct slice payload,
			      struct error *err)
{
	struct slice name;
	if (!quic_google_name(payload, &name))
		return OK;
	text_clear(&t->d->detail);
	text_addf(&t->d->detail, "QUIC %c%c%c%c", (int)(version >> 24), (int)(version >> 16 & 255),
		  (int)(version >> 8 & 255), (int)(version & 255));
	t->f->sides[t->side].phase = PHASE_DONE;
	return names_add(t, name, "quic_sni", text_string(&t->d->detail), err);
}

/* A side that answers a client's Initial carries no name. */
static bool answers(const struct talk *t)
{
	return t->f->sides[1 - t->side].phase == PHASE_DONE ||
	       stream_holds(t->d->streams, t->f, 1 - t->side);
}

static enum status read_initial(struct talk *t, const struct quic_packet *p, struct error *err)
{
	struct slice opened;
	struct flow_side *s = &t->f->sides[t->side];
	bool done = s->phase == PHASE_DONE;
	if (done && (quic_knows(t->d->quic, t->f->id, p->destination) || ++s->seen > TRIES_MAX))
		return OK;
	if (p->cut)
		return done ? OK : names_skip(t, "a QUIC Initial that is cut off", err);
	if (!quic_open(t->d->quic, t->f->id, p, &opened)) {
		if (done || answers(t))
			return OK;
		return names_skip(t, "a QUIC Initial that cannot be decrypted", err);
	}
	if (p->how == QUIC_CHLO)
		return add_google(t, p->version, opened, err);
	if (done && !quic_knows(t->d->quic, t->f->id, p->destination))
		return OK;
	s->phase = PHASE_OPEN; /* another connection, or the same one after a Retry */
	return read_crypto(t, opened, &done, err);
}

static enum status read_quic(struct talk *t, bool *ret_is, struct error *err)
{
	enum { PACKETS_MAX = 16 };
	struct cursor c = cursor_over(t->p->payload);
	struct quic_packet p;
	enum status status = OK;
	*ret_is = false;
	for (int i = 0; i < PACKETS_MAX && !status && quic_packet(&c, &p); i++) {
		bool web = t->p->sport == PORT_WEB || t->p->dport == PORT_WEB;
		if (p.how == QUIC_UNKNOWN && !web && !t->f->quic)
			return OK;
		*ret_is = t->f->quic = true;
		if (p.how == QUIC_PLAIN)
			status = add_google(t, p.version, t->p->payload, err);
		else if (p.how == QUIC_UNKNOWN && p.type != QUIC_NEGOTIATION)
			status = names_skip(t, "a QUIC packet of an unknown version", err);
		else if (p.type == QUIC_INITIAL && p.how != QUIC_UNKNOWN)
			status = read_initial(t, &p, err);
	}
	if (t->f->quic)
		t->f->app = "quic";
	return status;
}

static enum status read_dtls(struct talk *t, bool *ret_is, struct error *err)
{
	struct cursor c = cursor_over(t->p->payload);
	struct tls_piece piece;
	struct tls_hello h;
	enum status status = OK;
	*ret_is = false;
	while (!status && tls_datagram(&c, &piece)) {
		struct slice body = piece.bytes;
		*ret_is = true;
		if (t->f->sides[t->side].phase == PHASE_DONE)
			return OK;
		status = add_piece(t, piece.offset, piece.bytes, &body, err);
		if (!status && body.size < piece.size)
			status = body.size ? keep_first(t, body, err) : OK;
		else if (!status && tls_datagram_hello(slice_part(body, 0, piece.size), &h) == TLS_HELLO)
			return finish(t, &h, 'd', NULL, err);
		else if (!status)
			return finish(t, NULL, 'd', "a ClientHello that breaks its format", err);
	}
	return status;
}

/* SSDP is HTTP in datagrams (UPnP Device Architecture 2.0, 1.2 and 1.3). */
static enum status read_ssdp(struct talk *t, struct error *err)
{
	struct http_request r;
	if (http_request(t->p->payload, &r) == HTTP_NOT)
		return OK;
	text_clear(&t->d->detail);
	text_add_printable(&t->d->detail, r.method, DETAIL_MAX / 4);
	return names_add(t, r.host, "http_host", text_string(&t->d->detail), err);
}

enum status names_udp_flush(struct talk *t, struct error *err)
{
	struct tls_hello h;
	struct slice waiting = stream_waiting(t->d->streams, t->f, t->side);
	bool named = t->f->quic && tls_hello_message(waiting, &h) == TLS_MORE && h.name.size > 0;
	enum status status = named ? names_hello(t, &h, 'q', err) : OK;
	return status ? status : names_skip(t, "a ClientHello that is cut off", err);
}

enum status names_udp(struct talk *t, struct error *err)
{
	const struct packet *p = t->p;
	struct flow *f = t->f;
	const char *service = names_service(p);
	unsigned first = p->payload.at[0];
	bool known = false;
	enum status status = OK;
	if (first >= 0x80 || (first & 9) == 9)
		status = read_quic(t, &known, err);
	else if (first == 22)
		status = read_dtls(t, &known, err);
	if (status || known || f->quic)
		return status;
	if (service) {
		f->app = service[0] == 'u' ? "dns" : service;
		return dns_rows(t, p->payload, service, err);
	}
	if (!t->cut && dns_looks_right(p->payload)) {
		f->app = "dns";
		return dns_rows(t, p->payload, "udp", err);
	}
	if (!f->app && f->sides[t->side].packets <= LOOKED_AT)
		f->app = proto_app_udp(p, p->payload);
	return p->dport == PORT_SSDP ? read_ssdp(t, err) : OK;
}
