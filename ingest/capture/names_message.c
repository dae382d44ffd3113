/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages of one side of a TCP connection. While it is not known what is
 * spoken, every reader may look at the place where a message can begin: at the
 * start, behind a message that was read, and where a segment begins.
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

/* Each tells whether the bytes are of its kind. */
static bool try_hello(struct talk *t, struct slice data, struct taken *ret)
{
	struct tls_hello h;
	const char *problem = NULL;
	if (data.at[0] >= 0x80 && tls_old_hello(data, &h) == TLS_HELLO) {
		t->f->app = t->f->app ? t->f->app : "tls";
		names_side(t)->phase = PHASE_DONE;
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
	names_side(t)->phase = PHASE_DONE;
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
	/* what stands behind a question mark is for the server alone */
	if (slice_starts(r->target, "/")) {
		text_add_char(detail, ' ');
		text_add_printable(detail, slice_part(r->target, 0, slice_find(r->target, '?')), DETAIL_MAX / 4);
	}
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
	names_side(t)->pass = r.connect ? 0 : r.body;
	names_side(t)->phase = r.connect ? PHASE_OPEN : PHASE_REQUESTS;
	names_side(t)->seen = 0;
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
	names_side(t)->phase = PHASE_DONE;
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
	if (names_side(t)->seen > 0)
		return false;
	if (!names_service(t->p) && (c.short_read || !dns_looks_right(message)))
		return false;
	t->f->app = "dns";
	names_side(t)->phase = PHASE_DNS;
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
	struct flow_side *s = names_side(t);
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
	if (names_side(t)->seen > 0 || t->side != t->f->opener || t->f->app)
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
	names_side(t)->seen = 0;
	return true;
}

/* Nothing to be read: but what is it? */
static void take_other(struct talk *t, struct slice data, struct taken *ret)
{
	struct flow_side *s = names_side(t);
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
	size_t count = names_side(t)->phase == PHASE_REQUESTS ? 3 : LENGTH(readers_of);
	for (size_t i = 0; i < count; i++)
		if (readers_of[i](t, data, ret))
			return;
	ret->used = data.size;
	if (names_side(t)->phase != PHASE_REQUESTS)
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

void names_messages(struct talk *t, struct slice data, struct taken *ret)
{
	struct flow_side *s = names_side(t);
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
