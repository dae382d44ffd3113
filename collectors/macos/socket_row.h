/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_SOCKET_ROW_H
#define COLLECTORS_MACOS_SOCKET_ROW_H

/*
 * From what the kernel of macOS tells of a socket (struct socket_info in sys/proc_info.h)
 * to the row of a table. Nothing in here needs macOS.
 */

#include "core/address.h"

/* Values as they stand there. */
struct socket_facts {
	bool tcp;            /* soi_kind is SOCKINFO_TCP, else SOCKINFO_IN */
	int protocol;        /* soi_protocol: IPPROTO_… */
	unsigned vflag;      /* insi_vflag: 1 IPv4, 2 IPv6 */
	int lport, fport;    /* insi_lport, insi_fport: network order in the lower half */
	int state;           /* tcpsi_state: TSI_S_…; read where `tcp` */
	unsigned char local[16], foreign[16]; /* insi_laddr, insi_faddr */
};

struct socket_row {
	const char *proto, *state; /* state: as ss has it */
	struct address local, remote;
	unsigned lport, rport;
};

/* False where it is no socket of IPv4 or IPv6. */
bool socket_row_make(const struct socket_facts *f, struct socket_row *ret);

/* A number for a socket in its present state, as good as none twice: whether it was
 * written before. `handle` is soi_so, `pid` who has it open. */
uint64_t socket_row_mark(const struct socket_row *r, uint64_t handle, uint32_t pid);

#endif
