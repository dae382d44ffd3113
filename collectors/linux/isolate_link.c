/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/isolate_link.h"

#include "core/auto.h"
#include "core/cursor.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
	BUFFER_SIZE = 64 << 10,
	LOOPBACK = 1, /* index of the loopback, in every network namespace */
};

int isolate_link_ask_open(void)
{
	return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
}

int isolate_link_news_open(void)
{
	static const unsigned groups[] = {RTNLGRP_LINK, RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE};
	int fd = isolate_link_ask_open();
	for (size_t i = 0; i < LENGTH(groups) && fd >= 0; i++)
		if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i], sizeof groups[i]) != 0)
			close(take_fd(&fd));
	return fd;
}

static void take_link(const struct nlmsghdr *head, struct isolate_links *sum)
{
	const struct ifinfomsg *m = NLMSG_DATA(head);
	/* some kernels put idle ends of tunnels into every namespace: those are down */
	if (m->ifi_index == LOOPBACK || !(m->ifi_flags & IFF_UP))
		return;
	size_t left = head->nlmsg_len - NLMSG_LENGTH(sizeof *m);
	const struct rtattr *a = (const struct rtattr *)(const void *)(m + 1);
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == IFLA_IFNAME && !sum->first[0])
			snprintf(sum->first, sizeof sum->first, "link %.*s", (int)RTA_PAYLOAD(a), (const char *)RTA_DATA(a));
	sum->others_up++;
}

static void take_route(const struct nlmsghdr *head, struct isolate_links *sum)
{
	const struct rtmsg *m = NLMSG_DATA(head);
	size_t left = head->nlmsg_len - NLMSG_LENGTH(sizeof *m);
	const struct rtattr *a = (const struct rtattr *)(const void *)(m + 1);
	uint32_t over = 0;
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == RTA_OIF && RTA_PAYLOAD(a) >= sizeof over)
			memcpy(&over, RTA_DATA(a), sizeof over);
	bool elsewhere = over && over != LOOPBACK;
	bool many = !over && (m->rtm_type == RTN_UNICAST || m->rtm_type == RTN_MULTICAST);
	if (!elsewhere && !many)
		return;
	sum->routes++;
	if (!sum->first[0])
		snprintf(sum->first, sizeof sum->first, "a route over link number %u", over);
}

/* Steps through one datagram; true at the end of a dump. */
static bool take_messages(const void *buffer, size_t size, struct isolate_links *sum)
{
	const struct nlmsghdr *head = buffer;
	unsigned left = (unsigned)size;
	for (; NLMSG_OK(head, left); head = NLMSG_NEXT(head, left)) {
		if (head->nlmsg_type == NLMSG_DONE || head->nlmsg_type == NLMSG_ERROR)
			return true;
		if (head->nlmsg_type == RTM_NEWLINK && head->nlmsg_len >= NLMSG_LENGTH(sizeof(struct ifinfomsg)))
			take_link(head, sum);
		if (head->nlmsg_type == RTM_NEWROUTE && head->nlmsg_len >= NLMSG_LENGTH(sizeof(struct rtmsg)))
			take_route(head, sum);
	}
	return false;
}

static enum status dump(int fd, uint16_t type, struct isolate_links *sum, struct error *err)
{
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	struct {
		struct nlmsghdr head;
		struct rtgenmsg request;
	} message = {
		.head = {.nlmsg_len = sizeof message, .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
		.request = {.rtgen_family = AF_UNSPEC},
	};
	if (send(fd, &message, sizeof message, 0) < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot ask for links");
	for (;;) {
		ssize_t got = recv(fd, buffer, BUFFER_SIZE, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot read links");
		if (take_messages(buffer, (size_t)got, sum))
			return OK;
	}
}

enum status isolate_link_look(int ask, struct isolate_links *ret, struct error *err)
{
	*ret = (struct isolate_links){0};
	enum status status = dump(ask, RTM_GETLINK, ret, err);
	return status ? status : dump(ask, RTM_GETROUTE, ret, err);
}

bool isolate_link_hear(int news, struct isolate_links *sum)
{
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	bool whole = true;
	for (;;) {
		ssize_t got = recv(news, buffer, BUFFER_SIZE, MSG_DONTWAIT);
		if (got < 0 && errno == ENOBUFS)
			whole = false;
		else if (got <= 0)
			return whole;
		else
			take_messages(buffer, (size_t)got, sum);
	}
}
