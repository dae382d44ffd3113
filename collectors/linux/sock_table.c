/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/sock_table.h"

#include "core/address.h"
#include "core/json.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const char *state_name(unsigned state)
{
	/* the kernel's TCP states; UDP uses ESTABLISHED and CLOSE */
	static const char *const names[] = {"",          "ESTAB",     "SYN-SENT",   "SYN-RECV",
					    "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT",  "UNCONN",
					    "CLOSE-WAIT", "LAST-ACK",  "LISTEN",     "CLOSING"};
	return state < LENGTH(names) ? names[state] : "";
}

static const char *const proto_names[] = {
	[IPPROTO_TCP] = "tcp", [IPPROTO_UDP] = "udp", [IPPROTO_RAW] = "raw"};

void sock_table_add_row(struct json *j, const struct inet_diag_msg *m, unsigned proto)
{
	char text[ADDRESS_TEXT_MAX];
	bool v4 = m->idiag_family == AF_INET;
	const struct inet_diag_sockid *id = &m->id;
	unsigned char bytes[16];
	json_add_string(j, "proto", proto_names[proto]);
	memcpy(bytes, id->idiag_src, sizeof bytes);
	struct address a = v4 ? address_v4(bytes) : address_v6(bytes);
	address_text(&a, text);
	json_add_string(j, "local", text);
	json_add_u64(j, "lport", ntohs(id->idiag_sport));
	memcpy(bytes, id->idiag_dst, sizeof bytes);
	a = v4 ? address_v4(bytes) : address_v6(bytes);
	address_text(&a, text);
	json_add_string(j, "remote", text);
	json_add_u64(j, "rport", ntohs(id->idiag_dport));
	json_add_string(j, "state", state_name(m->idiag_state));
	json_add_u64(j, "uid", m->idiag_uid);
	json_add_u64(j, "inode", m->idiag_inode);
	json_add_u64(j, "cookie", (uint64_t)id->idiag_cookie[1] << 32 | id->idiag_cookie[0]);
}

struct reading {
	int fd;
	unsigned char *buffer;
	void (*take)(void *context, const struct inet_diag_msg *m, unsigned proto);
	void *context;
};

/* Steps through the messages of one datagram; true at the end of the dump. */
static bool take_messages(const struct reading *r, size_t size, unsigned proto)
{
	const struct nlmsghdr *head = (const struct nlmsghdr *)(const void *)r->buffer;
	unsigned left = (unsigned)size;
	for (; NLMSG_OK(head, left); head = NLMSG_NEXT(head, left)) {
		if (head->nlmsg_type == NLMSG_DONE || head->nlmsg_type == NLMSG_ERROR)
			return true;
		if (head->nlmsg_type == SOCK_DIAG_BY_FAMILY && head->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_msg)))
			r->take(r->context, NLMSG_DATA(head), proto);
	}
	return false;
}

static bool read_one(const struct reading *r, unsigned char family, unsigned proto)
{
	struct {
		struct nlmsghdr head;
		struct inet_diag_req_v2 request;
	} message = {
		.head = {.nlmsg_len = sizeof message,
			 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
		.request = {.sdiag_family = family,
			    .sdiag_protocol = (unsigned char)proto,
			    .idiag_states = UINT32_MAX},
	};
	if (send(r->fd, &message, sizeof message, 0) < 0)
		return false;
	for (;;) {
		ssize_t got = recv(r->fd, r->buffer, SOCK_TABLE_BUFFER, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		if (take_messages(r, (size_t)got, proto))
			return true;
	}
}

unsigned sock_table_read(int fd, unsigned char buffer[static SOCK_TABLE_BUFFER],
			 void (*take)(void *context, const struct inet_diag_msg *m, unsigned proto), void *context)
{
	static const unsigned char families[] = {AF_INET, AF_INET6};
	static const unsigned protos[] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_RAW};
	struct reading r = {fd, buffer, take, context};
	unsigned failed = 0;
	for (size_t f = 0; f < LENGTH(families); f++)
		for (size_t p = 0; p < LENGTH(protos); p++)
			if (!read_one(&r, families[f], protos[p]) && protos[p] != IPPROTO_RAW)
				failed++;
	return failed;
}
