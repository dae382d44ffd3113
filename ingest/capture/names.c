/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said above TCP and UDP, into rows: the part that does not depend on how it
 * was carried.
 */
#include "ingest/capture/names.h"

#include "ingest/capture/proto_app.h"

enum { PORT_DNS = 53, PORT_DOT = 853, PORT_DOQ_OLD = 8853, EXAMPLE_MAX = 64 };

static const struct {
	uint16_t port;
	const char *transport;
} services[] = {
	{PORT_DNS, "udp"},
	{5353, "mdns"},
	{5355, "llmnr"},
	{137, "nbns"},
};

static const char *service_of(uint16_t port)
{
	for (size_t i = 0; i < LENGTH(services); i++)
		if (services[i].port == port)
			return services[i].transport;
	return NULL;
}

/* Over TCP only DNS itself is in use; on the other ports something else may hide. */
const char *names_service(const struct packet *p)
{
	if (p->proto == PROTO_TCP)
		return p->sport == PORT_DNS || p->dport == PORT_DNS ? "tcp" : NULL;
	const char *there = service_of(p->dport);
	return there ? there : service_of(p->sport);
}

bool names_is_reply(const struct packet *p)
{
	struct dns_message m;
	if (!p->has_ports || p->proto != PROTO_UDP)
		return p->is_reply;
	return service_of(p->sport) && address_class(&p->dst) != CLASS_MULTICAST &&
	       dns_head(p->payload, &m) && m.response;
}

enum status names_skip(struct talk *t, const char *reason, struct error *err)
{
	struct slice example = slice_part(t->p->payload, 0, EXAMPLE_MAX);
	return ingest_skip(t->d->to, reason, t->p->frame->number, example, err);
}

static uint32_t hash_name(struct slice name, const char *how)
{
	uint32_t h = UINT32_C(2166136261);
	for (size_t i = 0; how[i]; i++)
		h = (h ^ (unsigned char)how[i]) * UINT32_C(16777619);
	for (size_t i = 0; i < name.size; i++)
		h = (h ^ name.at[i]) * UINT32_C(16777619);
	return h | 1;
}

static enum status add_row(struct talk *t, struct slice name, const char *how, const char *detail,
			   struct error *err)
{
	struct dissect *d = t->d;
	uint32_t hash = hash_name(name, how);
	if (t->f->last_name == hash)
		return OK;
	t->f->last_name = hash;
	dns_escape(name, &d->scratch);
	struct row_stream *q = row_begin(d->to->rows, QUERY_NAME_INSERT);
	row_i64(q, 1, t->f->id);
	row_slice(q, 2, slice_of(d->scratch.text, d->scratch.size));
	row_text(q, 3, how);
	row_i64(q, 4, t->p->frame->time_ns);
	row_text(q, 5, detail);
	return row_end(q, err);
}

enum status names_add(struct talk *t, struct slice name, const char *how, const char *detail,
		      struct error *err)
{
	return name.size > 0 ? add_row(t, name, how, detail, err) : OK;
}

/* Where lookups go that only the two ends can read; NULL: it is something else. */
static const char *hidden_lookups(const struct talk *t, const struct tls_hello *h, char transport)
{
	const struct address *to = &t->f->key.ends[1 - t->side];
	uint16_t port = t->f->key.ports[1 - t->side];
	if (transport == 'q' && (tls_offers(h, "doq") || port == PORT_DOT || port == PORT_DOQ_OLD))
		return "doq";
	if (transport != 'q' && (tls_offers(h, "dot") || port == PORT_DOT))
		return "dot";
	bool web = h->alpn.size == 0 || tls_offers(h, "h2") || tls_offers(h, "http/1.1") ||
		   tls_offers(h, "h3");
	if (!web)
		return NULL;
	return proto_is_resolver(h->name) || (h->name.size == 0 && proto_is_resolver_at(to))
		       ? "doh"
		       : NULL;
}

enum status names_hello(struct talk *t, const struct tls_hello *h, char transport,
			struct error *err)
{
	struct flow *f = t->f;
	const char *hidden = hidden_lookups(t, h, transport);
	const char *app = transport == 'q' ? "quic" : transport == 'd' ? "dtls" : "tls";
	if (!f->app || transport == 'q')
		f->app = app;
	text_clear(&t->d->detail);
	tls_detail(h, transport, &t->d->detail);
	const char *detail = text_string(&t->d->detail);
	enum status status = names_add(t, h->name, transport == 'q' ? "quic_sni" : "sni", detail, err);
	if (!status && h->name.size == 0 && h->whole) /* it names nobody, but is known by its looks */
		status = add_row(t, h->name, app, detail, err);
	if (!status && hidden)
		status = names_add(t, h->name, hidden, detail, err);
	return !status && hidden ? dns_rows_hidden(t, hidden, err) : status;
}

enum status names_read(struct dissect *d, struct flow *f, unsigned side, const struct packet *p,
		       struct error *err)
{
	struct talk t = {
		.d = d, .f = f, .side = side, .p = p, .cut = p->payload.size < p->payload_size};
	if (p->payload_size == 0)
		return OK;
	if (p->proto == PROTO_TCP)
		return names_tcp(&t, err);
	return p->proto == PROTO_UDP && p->payload.size > 0 ? names_udp(&t, err) : OK;
}

enum status names_end(struct dissect *d, struct flow *f, struct error *err)
{
	enum status status = OK;
	const struct frame frame = {.number = f->first_packet, .time_ns = f->last_ns};
	for (unsigned side = 0; side < 2 && !status; side++) {
		if (!stream_holds(d->streams, f, side))
			continue;
		struct packet p = {
			.frame = &frame,
			.has_ports = true,
			.proto = f->key.number,
			.src = f->key.ends[side],
			.dst = f->key.ends[1 - side],
			.sport = f->key.ports[side],
			.dport = f->key.ports[1 - side],
		};
		struct talk t = {.d = d, .f = f, .side = side, .p = &p, .cut = true};
		if (p.proto == PROTO_TCP)
			status = names_tcp_flush(&t, err);
		else
			status = names_udp_flush(&t, err);
		stream_drop(d->streams, f, side, STREAM_MAX);
	}
	return status;
}
