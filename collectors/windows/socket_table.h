/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_SOCKET_TABLE_H
#define COLLECTORS_WINDOWS_SOCKET_TABLE_H

/*
 * The tables of sockets that Windows keeps (GetExtendedTcpTable, GetExtendedUdpTable),
 * row by row in one shape. Windows knows no remote side of a UDP socket.
 */

#include "core/address.h"

#include <stdint.h>

enum {
	SOCKET_TABLE_KINDS = 4,        /* TCP and UDP over IPv4 and IPv6 */
	SOCKET_TABLE_MAX = 64 << 20,   /* bytes of one table */
};

struct socket_table {
	unsigned kind; /* 0 to SOCKET_TABLE_KINDS - 1 */
	size_t capacity, count;
	unsigned char *bytes; /* owned; kept for the next table */
};

struct socket_row {
	const char *proto, *state; /* "tcp", "udp"; as ss(8) calls it */
	struct address local, remote; /* of UDP the unspecified address */
	unsigned lport, rport;
	uint32_t pid;
	int64_t created_ns; /* UTC; 0: not told */
};

/* Reads the table of a kind; false where Windows does not give it. */
bool socket_table_read(struct socket_table *t, unsigned kind);
void socket_table_free(struct socket_table *t);

/* Row `i` of t->count. */
void socket_table_row(const struct socket_table *t, size_t i, struct socket_row *ret);

#endif
