/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One side of a TCP connection as a stream of messages. While it is not known what
 * is spoken, every reader may look at the place where a message can begin: at the
 * start, behind a message that was read, and where a segment begins. What goes on
 * in another segment, or came before its turn, waits in a buffer.
 */
#include "ingest/capture/names.h"

#include "ingest/capture/http.h"
#include "ingest/capture/http2.h"
#include "ingest/capture/proto_app.h"
#include "ingest/capture/socks.h"
#include "ingest/capture/starttls.h"

#include <string.h>

enum {
	LOOKED_AT_ASKING = 64 << 10, /* bytes in which nothing was recognised */
	LOOKED_AT_ASKED = 8 << 10,
	MESSAGES_MAX = 1 << 16, /* of one segment and what waited before it */
	PORT_DOT = 853,
};

enum phase { PHASE_OPEN, PHASE_REQUESTS, PHASE_DNS, PHASE_SOCKS, PHASE_DONE };

/* What a reader made of the bytes it was shown. */
struct taken {
	size_t used;
	bool more; /* the rest waits for the next segment */
	enum status status;
	struct error *err;
};

static struct flow_side *side_of(const struct talk *t)
{
	return &t->f->sides[t->side];
}

/* Each tells whether the bytes are of its kind. */
static bool try_hello(struct talk *t, struct slice data, struct taken *ret)
{
	struct tls_hello h;
	const char *problem = NULL;
	if (data.at[0] >= 0x80 && tls_old_hello(data, &h) == TLS_HELLO) {
		t->f->app = t->f->app ? t->f->app : "tls";
		side_of(t)->phase = PHASE_DONE;
		return true;
	}
	switch (tls_client_hello(data, t->d->hello, &h)) {
	case TLS_NOT:
		return false;
	case TLS_MORE:
		ret->more = !t->cut;
		if (ret->more)
			return true;
		problem = "a ClientHello that is cut off";
		break;
	case TLS_BROKEN:
		problem = "a ClientHello that breaks its format";
		break;
	case TLS_HELLO:
		break;
	}
	side_of(t)->phase = PHASE_DONE;
	ret->used = data.size;
	ret->status = names_hello(t, &h, 't', ret->err);
	if (!ret->status && problem)
		ret->status = names_skip(t, problem, ret->err);
	return true;
}

static enum status add_request(struct talk *t, const struct http_request *r, struct error *err)
{
	struct text *detail = &t->d->detail;
	text_clear(detail);
	text_add_printable(detail, r->connect ? r->target : r->method, DETAIL_MAX / 4);
	enum status status = names_add(t, r->host, r->connect ? "http_connect" : "http_host",
				       text_string(detail), err);
	return status ? status : names_add(t, r->proxied, "proxy", text_string(detail), err);
}

static bool try_request(struct talk *t, struct slice data, struct taken *ret)
{
	struct http_request r;
	enum http_result result = http_request(data, &r);
	if (result == HTTP_NOT)
		return false;
	ret->more = result == HTTP_MORE && !t->cut;
	if (ret->more)
		return true;
	ret->used = result == HTTP_MORE ? data.size : r.head;
	side_of(t)->pass = r.connect ? 0 : r.body;
	side_of(t)->phase = r.connect ? PHASE_OPEN : PHASE_REQUESTS;
	side_of(t)->seen = 0;
	t->f->app = t->f->app ? t->f->app : "http";
	ret->status = add_request(t, &r, ret->err);
	return true;
}

static bool try_http2(struct talk *t, struct slice data, struct taken *ret)
{
	struct http2_request r;
	if (data.at[0] != 'P')
		return false;
	enum http2_result result = http2_request(data, &r);
	if (result == HTTP2_NOT)
		return false;
	ret->more = result == HTTP2_MORE && !t->cut;
	if (ret->more)
		return true;
	ret->used = data.size;
	side_of(t)->phase = PHASE_DONE;
	t->f->app = "http2";
	text_clear(&t->d->detail);
	text_addf(&t->d->detail, "HTTP/2 %s", r.method);
	ret->status = names_add(t, http_without_port(slice_of_string(r.authority)), "http_host",
				text_string(&t->d->detail), ret->err);
	return true;
}

static bool try_dns(struct talk *t, struct slice data, struct taken *ret)
{
	struct cursor c = cursor_over(data);
	struct slice message = cursor_take(&c, cursor_be16(&c));
	if (side_of(t)->seen > 0)
		return false;
	if (!names_service(t->p) && (c.short_read || !dns_looks_right(message)))
		return false;
	t->f->app = "dns";
	side_of(t)->phase = PHASE_DNS;
	ret->used = 0;
	return true;
}

static enum status add_target(struct talk *t, const struct socks_request *r, struct error *err)
{
	char address[ADDRESS_TEXT_MAX];
	struct text *detail = &t->d->detail;
	struct slice host = r->host;
	address_text(&r->address, address);
	if (host.size == 0)
		host = slice_of_string(address);
	text_clear(detail);
	text_addf(detail, "SOCKS %u, ", r->version);
	text_add_printable(detail, host, DETAIL_MAX / 4);
	text_addf(detail, ":%u", r->port);
	return names_add(t, host, "socks", text_string(detail), err);
}

static bool take_socks(struct talk *t, enum socks_result result, const struct socks_request *r,
		       struct taken *ret)
{
	struct flow_side *s = side_of(t);
	s->phase = PHASE_OPEN;
	if (result == SOCKS_NOT || (result == SOCKS_MORE && t->cut))
		return false;
	ret->more = result == SOCKS_MORE;
	if (result == SOCKS_GREETING || ret->more)
		s->phase = r->version == 5 ? PHASE_SOCKS : PHASE_OPEN;
	ret->used = ret->more ? 0 : r->size;
	if (result == SOCKS_REQUEST) {
		t->f->app = "socks";
		ret->status = add_target(t, r, ret->err);
	}
	return true;
}

static bool try_socks(struct talk *t, struct slice data, struct taken *ret)
{
	struct socks_request r;
	if (side_of(t)->seen > 0 || t->side != t->f->opener || t->f->app)
		return false;
	return take_socks(t, socks_first(data, &r), &r, ret);
}

static bool try_starttls(struct talk *t, struct slice data, struct taken *ret)
{
	const char *app = t->f->app ? t->f->app : proto_app_tcp(t->p, data);
	ret->used = starttls_request(data, &app);
	if (ret->used == 0)
		return false;
	t->f->app = app;
	side_of(t)->seen = 0;
	return true;
}

/* Nothing to be read: but what is it? */
static void take_other(struct talk *t, struct slice data, struct taken *ret)
{
	struct flow_side *s = side_of(t);
	const char *app = s->seen == 0 || !t->f->app ? proto_app_tcp(t->p, data) : NULL;
	bool asking = t->side == t->f->opener || t->f->state == FLOW_MIDSTREAM;
	ret->used = data.size;
	if (!t->f->app)
		t->f->app = app;
	s->seen += data.size < LOOKED_AT_ASKING ? (uint32_t)data.size : LOOKED_AT_ASKING;
	bool told = app && (!strcmp(app, "tls") || !strcmp(app, "ssh") || !strcmp(app, "http"));
	if (told || s->seen > (asking ? LOOKED_AT_ASKING : LOOKED_AT_ASKED))
		s->phase = PHASE_DONE;
	if (app && !strcmp(app, "tls") && (t->p->sport == PORT_DOT || t->p->dport == PORT_DOT))
		ret->status = dns_rows_hidden(t, "dot", ret->err);
}

static void read_open(struct talk *t, struct slice data, struct taken *ret)
{
	static bool (*const readers_of[])(struct talk *, struct slice, struct taken *) = {
		try_hello, try_http2, try_request, try_dns, try_socks, try_starttls,
	};
	size_t count = side_of(t)->phase == PHASE_REQUESTS ? 3 : LENGTH(readers_of);
	for (size_t i = 0; i < count; i++)
		if (readers_of[i](t, data, ret))
			return;
	ret->used = data.size;
	if (side_of(t)->phase != PHASE_REQUESTS)
		take_other(t, data, ret);
}

static void read_dns(struct talk *t, struct slice data, struct taken *ret)
{
	struct cursor c = cursor_over(data);
	size_t size = cursor_be16(&c);
	struct slice message = slice_part(cursor_rest(&c), 0, size);
	ret->more = (c.short_read || message.size < size) && !t->cut;
	if (ret->more)
		return;
	ret->used = data.size - cursor_left(&c) + message.size;
	ret->status = dns_rows(t, message, "tcp", ret->err);
}

static void read_socks(struct talk *t, struct slice data, struct taken *ret)
{
	struct socks_request r;
	ret->used = 0;
	(void)take_socks(t, socks_next(data, &r), &r, ret);
}

/* Message by message, from the front of `data`. */
static void read_messages(struct talk *t, struct slice data, struct taken *ret)
{
	struct flow_side *s = side_of(t);
	struct taken one = {.err = ret->err};
	for (int i = 0; i < MESSAGES_MAX && ret->used < data.size && s->phase != PHASE_DONE; i++) {
		struct slice rest = slice_part(data, ret->used, data.size);
		one.used = rest.size < s->pass ? rest.size : (size_t)s->pass;
		if (one.used > 0)
			s->pass -= one.used;
		else if (s->phase == PHASE_DNS)
			read_dns(t, rest, &one);
		else if (s->phase == PHASE_SOCKS)
			read_socks(t, rest, &one);
		else
			read_open(t, rest, &one);
		ret->used += one.used;
		ret->status = one.status;
		ret->more = one.more;
		if (one.status || one.more)
			return;
	}
	ret->used = data.size;
}

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
	read_messages(t, waiting, &taken);
	if (taken.more && waiting.size == STREAM_MAX) {
		taken.used = waiting.size;
		taken.status = names_skip(t, "a message in TCP segments that is too long", err);
	}
	stream_drop(all, t->f, t->side, taken.used);
	side_of(t)->base += (uint32_t)taken.used;
	if (side_of(t)->phase == PHASE_DONE)
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
		side_of(t)->base += (uint32_t)gap;
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
	read_messages(t, bytes, &taken);
	struct slice rest = slice_part(bytes, taken.used, bytes.size);
	if (taken.status || side_of(t)->phase == PHASE_DONE)
		return taken.status;
	side_of(t)->base += (uint32_t)(taken.more ? taken.used : size);
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
	struct flow_side *s = side_of(t);
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
	if (!status && cut && side_of(t)->phase != PHASE_DONE) { /* the rest never comes */
		status = names_tcp_flush(t, err);
		side_of(t)->base = t->p->tcp_seq + (uint32_t)t->p->payload_size;
	}
	return status;
}

/* Bytes that begin `ahead` of those expected, `size` of them on the wire. */
static enum status read_piece(struct talk *t, uint32_t ahead, struct slice bytes, size_t size,
			      struct error *err)
{
	struct flow_side *s = side_of(t);
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
	struct flow_side *s = side_of(t);
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
