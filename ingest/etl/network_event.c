/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel tells of sockets: the events of its groups TcpIp and UdpIp (MOF classes
 * of that name, versions 0 to 2), and of Microsoft-Windows-Kernel-Network, which are the
 * same with other numbers:
 *
 *   version 0   TCP  remote:4 local:4 rport:2 lport:2 size:4 pid:4
 *               UDP  context:p local:4 lport:2 size:2 remote:4 rport:2 size:2
 *   1 and up    pid:4 size:4 remote:a local:a rport:2 lport:2, then what is not needed
 *   fail        proto:2 code:2 of NTSTATUS, or proto:4 code:4
 *
 * Addresses and ports in network order; a: 4, or 16 where 16 is added to the opcode (of
 * Kernel-Network also 32 for UDP). Of a datagram received the sender stands where the
 * local end does otherwise, and as local end what it was sent to, a group maybe.
 */
#include "ingest/etl/decode_event.h"

enum opcode {
	SEND = 10,
	RECEIVE = 11,
	CONNECT = 12,
	DISCONNECT = 13,
	RETRANSMIT = 14,
	ACCEPT = 15,
	RECONNECT = 16,
	FAIL = 17,
	COPY = 18,
	PLUS_V6 = 16,
	PLUS_UDP = 32,
};

/* What one event is, once its number is taken apart. */
struct kind {
	unsigned opcode;
	bool v6, udp;
};

static bool kind_of(const struct event *e, struct kind *ret)
{
	unsigned number = e->kind == EVENT_KERNEL ? e->opcode : e->id;
	*ret = (struct kind){.udp = e->kind == EVENT_KERNEL && e->group == GROUP_UDP};
	if (e->kind != EVENT_KERNEL && number >= SEND + PLUS_UDP) {
		ret->udp = true;
		number -= PLUS_UDP;
	}
	ret->v6 = number >= SEND + PLUS_V6;
	ret->opcode = ret->v6 ? number - PLUS_V6 : number;
	if (ret->opcode < SEND || ret->opcode > COPY)
		return false;
	return !ret->udp || ret->opcode == SEND || ret->opcode == RECEIVE || ret->opcode == FAIL;
}

static enum connection_act act_of(unsigned opcode)
{
	switch (opcode) {
	case SEND:
		return CONNECTION_SENDS;
	case RECEIVE:
		return CONNECTION_RECEIVES;
	case CONNECT:
	case RECONNECT:
		return CONNECTION_CONNECTS;
	case ACCEPT:
		return CONNECTION_ACCEPTS;
	case DISCONNECT:
		return CONNECTION_CLOSES;
	case FAIL:
		return CONNECTION_FAILS;
	default: /* bytes that count already */
		return CONNECTION_IS;
	}
}

static struct address read_address(struct cursor *c, bool v6)
{
	struct slice bytes = cursor_take(c, v6 ? 16 : 4);
	if (bytes.size == 0)
		return (struct address){.family = ADDRESS_NONE};
	return v6 ? address_v6(bytes.at) : address_v4(bytes.at);
}

static void read_ends(struct cursor *c, bool v6, struct connection_event *ret)
{
	ret->remote = read_address(c, v6);
	ret->local = read_address(c, v6);
	ret->rport = cursor_be16(c);
	ret->lport = cursor_be16(c);
}

static void read_old_udp(struct cursor *c, unsigned pointer, struct connection_event *ret)
{
	cursor_skip(c, pointer);
	ret->local = read_address(c, false);
	ret->lport = cursor_be16(c);
	ret->bytes = cursor_le16(c);
	ret->remote = read_address(c, false);
	ret->rport = cursor_be16(c);
}

static void read_payload(const struct event *e, const struct kind *k, struct cursor *c, struct connection_event *ret)
{
	if (k->opcode == FAIL) {
		bool wide = cursor_left(c) >= 8;
		unsigned proto = wide ? cursor_le32(c) : cursor_le16(c);
		ret->error = wide ? cursor_le32(c) : cursor_le16(c);
		ret->udp = proto == 17 || k->udp;
		return;
	}
	if (e->kind == EVENT_KERNEL && e->version == 0) {
		if (k->udp) {
			read_old_udp(c, e->pointer, ret);
			return;
		}
		read_ends(c, k->v6, ret);
		ret->bytes = cursor_le32(c);
		ret->pid = cursor_le32(c);
		return;
	}
	ret->pid = cursor_le32(c);
	ret->bytes = cursor_le32(c);
	read_ends(c, k->v6, ret);
}

/* Of a datagram received the ends stand the other way round. */
static void turn(struct connection_event *n)
{
	struct address a = n->local;
	uint16_t port = n->lport;
	n->local = n->remote;
	n->lport = n->rport;
	n->remote = a;
	n->rport = port;
}

enum use network_event(const struct event *e, struct connection_event *ret)
{
	struct kind k;
	struct cursor c = cursor_over(e->payload);
	if (!kind_of(e, &k))
		return USE_OTHER;
	*ret = (struct connection_event){
		.origin = e->kind == EVENT_KERNEL ? ORIGIN_KERNEL : ORIGIN_KERNEL_NETWORK,
		.act = act_of(k.opcode),
		.udp = k.udp,
		.pid = e->pid,
	};
	read_payload(e, &k, &c, ret);
	if (k.udp && k.opcode == RECEIVE)
		turn(ret);
	return c.short_read ? USE_MALFORMED : USE_ROW;
}
