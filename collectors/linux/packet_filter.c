/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Classic BPF (Documentation/networking/filter.rst in Linux): a program returns how
 * many bytes are kept, 0 for none. Loads from SKF_AD_OFF on ask about the packet
 * instead of reading it.
 */
#include "collectors/linux/packet_filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

static enum status attach(int fd, struct sock_filter *code, unsigned short size, struct error *err)
{
	struct sock_fprog program = {.len = size, .filter = code};
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot filter packets");
	return OK;
}

#define ASK(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)(SKF_AD_OFF + (what)))
#define IF_EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, then, otherwise)
#define KEEP(bytes) BPF_STMT(BPF_RET | BPF_K, bytes)

enum status packet_filter_once(int fd, unsigned snaplen, struct error *err)
{
	/* 0, which no interface has, where there is no loopback */
	struct sock_filter code[] = {
		ASK(SKF_AD_IFINDEX),
		IF_EQUAL(if_nametoindex("lo"), 0, 2),
		ASK(SKF_AD_PKTTYPE),
		IF_EQUAL(PACKET_OUTGOING, 1, 0),
		KEEP(snaplen),
		KEEP(0),
	};
	return attach(fd, code, sizeof code / sizeof *code, err);
}

enum status packet_filter_none(int fd, struct error *err)
{
	struct sock_filter code[] = {KEEP(0)};
	return attach(fd, code, 1, err);
}
