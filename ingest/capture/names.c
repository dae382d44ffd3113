/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which reader looks at which payload: DNS by its ports, TLS and HTTP by how a
 * segment begins. A message that goes on in the next segment waits in a buffer.
 */
#include "ingest/capture/dissect.h"

#include "ingest/capture/http.h"
#include "ingest/capture/quic.h"

#include <string.h>

enum { PORT_DNS = 53, DNS_MESSAGE_MAX = 65535 };

static const struct {
	uint16_t port;
	const char *transport;
} name_ports[] = {
	{PORT_DNS, "udp"},
	{5353, "mdns"},
	{5355, "llmnr"},
	{137, "nbns"},
};

static bool is_name_port(uint16_t port)
{
	for (size_t i = 0; i < LENGTH(name_ports); i++)
		if (name_ports[i].port == port)
			return true;
	return false;
}

/* NULL where neither port is one of a name service. Over TCP only DNS itself is in
 * use; on the other ports something else may hide. */
static const char *name_transport(const struct packet *p)
{
	if (p->proto == PROTO_TCP)
		return p->sport == PORT_DNS || p->dport == PORT_DNS ? "tcp" : NULL;
	for (size_t i = 0; i < LENGTH(name_ports); i++)
		if (p->sport == name_ports[i].port || p->dport == name_ports[i].port)
			return name_ports[i].transport;
	return NULL;
}

bool names_is_reply(const struct packet *p)
{
	struct dns_message m;
	if (!p->has_ports || p->proto != PROTO_UDP)
		return p->is_reply;
	return is_name_port(p->sport) && address_class(&p->dst) != CLASS_MULTICAST &&
	       dns_head(p->payload, &m) && m.response;
}

static uint32_t hash_name(struct slice name, const char *how)
{
	uint32_t h = (uint32_t)(unsigned char)how[0];
	for (size_t i = 0; i < name.size; i++)
		h = (h ^ name.at[i]) * UINT32_C(16777619);
	return h | 1;
}

enum status names_add(struct dissect *d, struct flow *f, const struct packet *p, struct slice name,
		      const char *how, const char *detail, struct error *err)
{
	if (name.size == 0)
		return OK;
	uint32_t hash = hash_name(name, how);
	if (f->last_name == hash)
		return OK;
	f->last_name = hash;
	dns_escape(name, &d->scratch);
	sqlite3_stmt *q = store_query(d->to->store, QUERY_NAME_INSERT);
	store_bind_i64(q, 1, f->id);
	store_bind_slice(q, 2, slice_of(d->scratch.text, d->scratch.size));
	store_bind_text(q, 3, how);
	store_bind_i64(q, 4, p->frame->time_ns);
	store_bind_text(q, 5, detail);
	return store_run(q, err);
}

/* One side of a TCP flow at the moment. */
struct talk {
	struct dissect *d;
	struct flow *f;
	const struct packet *p;
	const char *transport; /* of DNS, or NULL */
	bool cut;              /* what follows was not captured */
};

/* Each reads what it can from the front of `data`; `ret_used` bytes are done with,
 * and `ret_more` tells that the rest waits for the next segment. */
static enum status read_dns(struct talk *t, struct slice data, size_t *ret_used, bool *ret_more,
			    struct error *err)
{
	struct cursor c = cursor_over(data);
	enum status status = OK;
	while (!status && cursor_left(&c) > 0) {
		size_t size = cursor_be16(&c);
		struct slice message = cursor_take(&c, size);
		if (c.short_read && !t->cut)
			break;
		if (c.short_read)
			message = slice_part(data, *ret_used + 2, DNS_MESSAGE_MAX);
		status = dns_rows(t->d, t->f, t->p, message, t->transport, err);
		*ret_used = data.size - cursor_left(&c);
	}
	*ret_more = *ret_used < data.size;
	return status;
}

static enum status read_request(struct talk *t, struct slice data, bool *ret_more,
				struct error *err)
{
	struct http_request r;
	enum http_result result = http_request(data, &r);
	*ret_more = result == HTTP_MORE && !t->cut;
	if (result == HTTP_NOT || *ret_more)
		return OK;
	text_clear(&t->d->detail);
	text_add_printable(&t->d->detail, r.connect ? r.target : r.method, DETAIL_MAX / 4);
	return names_add(t->d, t->f, t->p, r.host, r.connect ? "http_connect" : "http_host",
			 text_string(&t->d->detail), err);
}

static enum status read_tls_or_http(struct talk *t, struct slice data, size_t *ret_used,
				    bool *ret_more, struct error *err)
{
	struct tls_hello h;
	*ret_used = 0;
	switch (tls_client_hello(data, t->d->hello, &h)) {
	case TLS_NOT:
		return read_request(t, data, ret_more, err);
	case TLS_MORE:
		*ret_more = !t->cut;
		return t->cut ? ingest_skip(t->d->to, "a ClientHello that is cut off",
					    t->p->frame->number, slice_of(NULL, 0), err)
			      : OK;
	case TLS_BROKEN:
		return ingest_skip(t->d->to, "a ClientHello that breaks its format",
				   t->p->frame->number, slice_of(NULL, 0), err);
	case TLS_HELLO:
		break;
	}
	text_clear(&t->d->detail);
	tls_detail(&h, &t->d->detail);
	return names_add(t->d, t->f, t->p, h.name, "sni", text_string(&t->d->detail), err);
}

/* Puts what waits for more into a buffer; what had to give way for it is counted. */
static enum status wait_for_more(struct talk *t, unsigned side, struct slice rest,
				 struct error *err)
{
	bool lost = false;
	const char *reason = NULL;
	if (!stream_add(t->d->streams, t->f, side, rest, &lost))
		reason = "a message in TCP segments that is too long";
	else if (lost)
		reason = "a message in TCP segments given up for a newer one";
	return reason ? ingest_skip(t->d->to, reason, t->p->frame->number, slice_of(NULL, 0), err)
		      : OK;
}

static enum status read_segment(struct talk *t, unsigned side, struct slice fresh,
				struct error *err)
{
	struct streams *streams = t->d->streams;
	bool waiting = stream_waiting(streams, t->f, side).size > 0, more = false;
	enum status status = OK;
	size_t used = 0;
	if (waiting) {
		status = wait_for_more(t, side, fresh, err);
		fresh = stream_waiting(streams, t->f, side);
	}
	if (status || fresh.size == 0)
		return status;
	if (t->transport)
		status = read_dns(t, fresh, &used, &more, err);
	else
		status = read_tls_or_http(t, fresh, &used, &more, err);
	if (waiting)
		stream_drop(streams, t->f, side, more ? used : STREAM_MAX);
	else if (more && !status)
		status = wait_for_more(t, side, slice_part(fresh, used, fresh.size), err);
	return status;
}

static enum status read_tcp(struct dissect *d, struct flow *f, unsigned side,
			    const struct packet *p, const struct fresh *fresh, struct error *err)
{
	struct talk t = {
		.d = d,
		.f = f,
		.p = p,
		.transport = name_transport(p),
		.cut = p->payload.size < p->payload_size,
	};
	enum status status = OK;
	if (fresh->gap && stream_waiting(d->streams, f, side).size > 0) {
		stream_drop(d->streams, f, side, STREAM_MAX);
		status = ingest_skip(d->to, "a message in TCP segments with a piece missing",
				     p->frame->number, slice_of(NULL, 0), err);
	}
	return status ? status : read_segment(&t, side, fresh->bytes, err);
}

enum status names_read(struct dissect *d, struct flow *f, unsigned side, const struct packet *p,
		       const struct fresh *fresh, struct error *err)
{
	if (p->proto == PROTO_TCP)
		return fresh->bytes.size ? read_tcp(d, f, side, p, fresh, err) : OK;
	if (p->proto != PROTO_UDP || p->payload.size == 0)
		return OK;
	const char *transport = name_transport(p);
	if (transport)
		return dns_rows(d, f, p, p->payload, transport, err);
	if (quic_is_initial(p->payload))
		f->quic = true;
	return OK;
}
