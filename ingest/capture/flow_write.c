/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/dissect.h"

#include <stdio.h>

enum { PROTO_TEXT_MAX = 32 };

/* 'tcp', 'ip proto 200', 'arp', 'ethertype 0x88cc', '802.2'. */
static const char *proto_text(const struct flow_key *key, char buffer[static PROTO_TEXT_MAX])
{
	const char *name = (key->flags & KEY_IP) ? transport_name(key->number) : NULL;
	if (name)
		return name;
	if (key->flags & KEY_IP)
		snprintf(buffer, PROTO_TEXT_MAX, "ip proto %u", key->number);
	else if (key->number == ETHERTYPE_ARP)
		return "arp";
	else if (key->number == ETHERTYPE_IEEE_802_2)
		return "802.2";
	else if (key->number == ETHERTYPE_IEEE_802_11)
		return "802.11";
	else
		snprintf(buffer, PROTO_TEXT_MAX, "ethertype 0x%04x", key->number);
	return buffer;
}

static bool is_loopback(const struct address *a)
{
	return a->family != ADDRESS_NONE && address_class(a) == CLASS_LOOPBACK;
}

/* What the capture tells of a packet goes before what its addresses say: those can be
 * forged. */
const char *flow_direction(const struct dissect *d, const struct flow *f, const char **ret_how)
{
	const struct address *from = &f->key.ends[f->opener], *to = &f->key.ends[1 - f->opener];
	bool own = hosts_own(d->hosts, from), own_to = hosts_own(d->hosts, to);
	bool told = f->way == WAY_OUT || f->way == WAY_IN;
	*ret_how = f->loopback || told ? "packets" : "addresses";
	if (f->loopback || (is_loopback(from) && is_loopback(to)) || (own && own_to))
		return "local";
	if (told)
		return f->way == WAY_OUT ? "out" : "in";
	if (own || own_to)
		return own ? "out" : "in";
	*ret_how = f->way == WAY_PASSING ? "passing" : NULL;
	return NULL;
}

/* As the capture file itself calls the address. */
static enum status write_name(struct dissect *d, const struct flow *f, const struct address *a,
			      struct error *err)
{
	const char *name = known_name(d->known, a);
	if (!name)
		return OK;
	struct row_stream *q = row_begin(d->to->rows, QUERY_NAME_INSERT);
	row_i64(q, 1, f->id);
	row_text(q, 2, name);
	row_text(q, 3, "pcapng");
	row_i64(q, 4, f->first_ns);
	return row_end(q, err);
}

enum status flow_write(struct dissect *d, const struct flow *f, struct error *err)
{
	char proto[PROTO_TEXT_MAX], src[ADDRESS_TEXT_MAX], dst[ADDRESS_TEXT_MAX];
	unsigned from = f->opener, to = 1 - f->opener;
	const char *iface = f->iface, *how = NULL;
	struct row_stream *q = row_begin(d->to->rows, QUERY_FLOW_INSERT);
	row_i64(q, 1, f->id);
	row_i64(q, 2, d->to->source);
	row_text(q, 3, proto_text(&f->key, proto));
	address_text(&f->key.ends[from], src);
	row_text(q, 4, src);
	address_text(&f->key.ends[to], dst);
	row_text(q, 6, dst);
	if (f->key.flags & KEY_PORTS) {
		row_i64(q, 5, f->key.ports[from]);
		row_i64(q, 7, f->key.ports[to]);
	}
	row_i64(q, 8, f->first_ns);
	row_i64(q, 9, f->last_ns);
	row_i64(q, 10, (int64_t)f->sides[from].packets);
	row_i64(q, 11, (int64_t)f->sides[to].packets);
	row_i64(q, 12, (int64_t)f->sides[from].bytes);
	row_i64(q, 13, (int64_t)f->sides[to].bytes);
	row_text(q, 14, flow_state_text(f));
	if (f->key.ifindex) { /* the file's name for "any" interface is none */
		row_i64(q, 15, f->key.ifindex);
		iface = hosts_iface(d->hosts, f->key.ifindex, f->first_ns);
	}
	row_text(q, 16, iface);
	row_text(q, 17, flow_direction(d, f, &how));
	row_text(q, 23, how);
	row_i64(q, 18, (int64_t)f->first_packet);
	row_text(q, 22, f->app);
	if (f->pid)
		row_i64(q, 19, f->pid);
	row_text(q, 20, f->process);
	if (f->outer)
		row_i64(q, 21, f->outer);
	enum status status = row_end(q, err);
	return status ? status : write_name(d, f, &f->key.ends[to], err);
}
