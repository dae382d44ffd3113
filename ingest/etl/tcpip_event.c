/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of Microsoft-Windows-TCPIP that name two ends (its manifest), little-endian; p:
 * a pointer; sized: a SOCKADDR (event.h):
 *
 *   1002              tcb:p local:sized remote:sized state:4 count:4
 *   1017, 1033, 1034  local:sized remote:sized status:4 pid:4 compartment:4 tcb:p
 *   1169, 1170        endpoint:p messages:4 bytes:4 local:sized remote:sized pid:4
 */
#include "ingest/etl/decode_event.h"

enum {
	STATUS_PENDING = 0x103,
	REQUEST_CONNECT = 1002,
	ACCEPT_COMPLETE = 1017,
	CONNECT_COMPLETE = 1033,
	CONNECT_FAILURE = 1034,
	UDP_SEND = 1169,
	UDP_RECEIVE = 1170,
};

static void read_ends(struct cursor *c, struct connection_event *ret)
{
	ret->local = event_sockaddr(c, &ret->lport);
	ret->remote = event_sockaddr(c, &ret->rport);
}

static enum use read_tcp(const struct event *e, struct cursor *c, struct connection_event *ret)
{
	read_ends(c, ret);
	ret->error = cursor_le32(c);
	uint32_t pid = cursor_le32(c);
	ret->pid = pid;
	if (e->id == ACCEPT_COMPLETE)
		ret->act = CONNECTION_ACCEPTS;
	else
		ret->act = ret->error == 0 && e->id == CONNECT_COMPLETE ? CONNECTION_ESTABLISHED : CONNECTION_CONNECTS;
	if (ret->error != 0 && ret->error != STATUS_PENDING)
		ret->act = CONNECTION_FAILS;
	return c->short_read ? USE_MALFORMED : USE_ROW;
}

static enum use read_udp(const struct event *e, struct cursor *c, struct connection_event *ret)
{
	cursor_skip(c, e->pointer + (size_t)4);
	ret->udp = true;
	ret->act = e->id == UDP_SEND ? CONNECTION_SENDS : CONNECTION_RECEIVES;
	ret->bytes = cursor_le32(c);
	read_ends(c, ret);
	ret->pid = cursor_le32(c);
	return c->short_read ? USE_MALFORMED : USE_ROW;
}

enum use tcpip_event(const struct event *e, struct connection_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	*ret = (struct connection_event){.origin = ORIGIN_TCPIP, .act = CONNECTION_CONNECTS, .pid = e->pid};
	switch (e->id) {
	case REQUEST_CONNECT:
		cursor_skip(&c, e->pointer);
		read_ends(&c, ret);
		return c.short_read ? USE_MALFORMED : USE_ROW;
	case ACCEPT_COMPLETE:
	case CONNECT_COMPLETE:
	case CONNECT_FAILURE:
		return read_tcp(e, &c, ret);
	case UDP_SEND:
	case UDP_RECEIVE:
		return read_udp(e, &c, ret);
	default:
		return USE_OTHER;
	}
}
