/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/socket_table.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/windows/filetime.h"

#include <winsock2.h>

#include <ws2tcpip.h>

#include <iphlpapi.h>

enum {
	KIND_V6 = 1, KIND_UDP = 2, /* bits of a kind */
	TRIES = 8,                 /* between two calls there may be more */
};

/* What stands before the rows, each kind of which has its own alignment. */
static const struct {
	size_t offset, size;
} layouts[SOCKET_TABLE_KINDS] = {
	{offsetof(MIB_TCPTABLE_OWNER_MODULE, table), sizeof(MIB_TCPROW_OWNER_MODULE)},
	{offsetof(MIB_TCP6TABLE_OWNER_MODULE, table), sizeof(MIB_TCP6ROW_OWNER_MODULE)},
	{offsetof(MIB_UDPTABLE_OWNER_MODULE, table), sizeof(MIB_UDPROW_OWNER_MODULE)},
	{offsetof(MIB_UDP6TABLE_OWNER_MODULE, table), sizeof(MIB_UDP6ROW_OWNER_MODULE)},
};

static DWORD ask(const struct socket_table *t, DWORD *size)
{
	ULONG family = t->kind & KIND_V6 ? AF_INET6 : AF_INET;
	if (t->kind & KIND_UDP)
		return GetExtendedUdpTable(t->bytes, size, FALSE, family, UDP_TABLE_OWNER_MODULE, 0);
	return GetExtendedTcpTable(t->bytes, size, FALSE, family, TCP_TABLE_OWNER_MODULE_ALL, 0);
}

bool socket_table_read(struct socket_table *t, unsigned kind)
{
	t->kind = kind;
	t->count = 0;
	for (int i = 0; i < TRIES; i++) {
		DWORD size = (DWORD)t->capacity;
		DWORD code = ask(t, &size);
		if (code == NO_ERROR) {
			DWORD count = t->capacity >= sizeof count ? *(const DWORD *)(void *)t->bytes : 0;
			size_t room = t->capacity > layouts[kind].offset ? t->capacity - layouts[kind].offset
									 : 0;
			t->count = count <= room / layouts[kind].size ? count : room / layouts[kind].size;
			return true;
		}
		if (code != ERROR_INSUFFICIENT_BUFFER || size > SOCKET_TABLE_MAX)
			return false;
		/* with room for the next ones, or it may be too small forever */
		t->capacity = size + size / 4;
		t->bytes = must_realloc(t->bytes, t->capacity, 1);
	}
	return false;
}

void socket_table_free(struct socket_table *t)
{
	free(t->bytes);
	*t = (struct socket_table){0};
}

static const void *row_at(const struct socket_table *t, size_t i)
{
	return t->bytes + layouts[t->kind].offset + i * layouts[t->kind].size;
}

static const char *state_name(DWORD state)
{
	static const char *const names[] = {
		[MIB_TCP_STATE_CLOSED] = "UNCONN",	   [MIB_TCP_STATE_LISTEN] = "LISTEN",
		[MIB_TCP_STATE_SYN_SENT] = "SYN-SENT",	   [MIB_TCP_STATE_SYN_RCVD] = "SYN-RECV",
		[MIB_TCP_STATE_ESTAB] = "ESTAB",	   [MIB_TCP_STATE_FIN_WAIT1] = "FIN-WAIT-1",
		[MIB_TCP_STATE_FIN_WAIT2] = "FIN-WAIT-2",  [MIB_TCP_STATE_CLOSE_WAIT] = "CLOSE-WAIT",
		[MIB_TCP_STATE_CLOSING] = "CLOSING",	   [MIB_TCP_STATE_LAST_ACK] = "LAST-ACK",
		[MIB_TCP_STATE_TIME_WAIT] = "TIME-WAIT",   [MIB_TCP_STATE_DELETE_TCB] = "UNCONN",
	};
	return state < LENGTH(names) && names[state] ? names[state] : "";
}

static struct address v4(DWORD network_order)
{
	unsigned char bytes[4];
	memcpy(bytes, &network_order, sizeof bytes);
	return address_v4(bytes);
}

/* A port stands in the lower half, in network order. */
static unsigned port_of(DWORD port)
{
	return ntohs((u_short)port);
}

void socket_table_row(const struct socket_table *t, size_t i, struct socket_row *ret)
{
	static const unsigned char any[16];
	bool udp = t->kind & KIND_UDP, v6 = t->kind & KIND_V6;
	const void *row = row_at(t, i);
	*ret = (struct socket_row){.proto = udp ? "udp" : "tcp", .state = "UNCONN"};
	ret->remote = v6 ? address_v6(any) : address_v4(any);
	if (udp && v6) {
		const MIB_UDP6ROW_OWNER_MODULE *r = row;
		ret->local = address_v6(r->ucLocalAddr);
		ret->lport = port_of(r->dwLocalPort);
		ret->pid = r->dwOwningPid;
		ret->created_ns = filetime_ns(r->liCreateTimestamp.QuadPart);
	} else if (udp) {
		const MIB_UDPROW_OWNER_MODULE *r = row;
		ret->local = v4(r->dwLocalAddr);
		ret->lport = port_of(r->dwLocalPort);
		ret->pid = r->dwOwningPid;
		ret->created_ns = filetime_ns(r->liCreateTimestamp.QuadPart);
	} else if (v6) {
		const MIB_TCP6ROW_OWNER_MODULE *r = row;
		ret->local = address_v6(r->ucLocalAddr);
		ret->remote = address_v6(r->ucRemoteAddr);
		ret->lport = port_of(r->dwLocalPort);
		ret->rport = port_of(r->dwRemotePort);
		ret->state = state_name(r->dwState);
		ret->pid = r->dwOwningPid;
		ret->created_ns = filetime_ns(r->liCreateTimestamp.QuadPart);
	} else {
		const MIB_TCPROW_OWNER_MODULE *r = row;
		ret->local = v4(r->dwLocalAddr);
		ret->remote = v4(r->dwRemoteAddr);
		ret->lport = port_of(r->dwLocalPort);
		ret->rport = port_of(r->dwRemotePort);
		ret->state = state_name(r->dwState);
		ret->pid = r->dwOwningPid;
		ret->created_ns = filetime_ns(r->liCreateTimestamp.QuadPart);
	}
	if (slice_is(slice_of_string(ret->state), "LISTEN"))
		ret->rport = 0; /* which of a listener means nothing */
}
