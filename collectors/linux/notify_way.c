/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_way.h"

#include "core/error.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#ifndef SO_BINDTOIFINDEX
#define SO_BINDTOIFINDEX 62
#endif

enum { LOOPBACK_INDEX = 1 /* in every network namespace */ };

unsigned notify_way_device(const struct notify_socket *s)
{
	int index = 0;
	socklen_t size = sizeof index;
	if (getsockopt(s->fd, SOL_SOCKET, SO_BINDTOIFINDEX, &index, &size) != 0)
		return 0;
	return index > LOOPBACK_INDEX ? (unsigned)index : 0;
}

unsigned notify_way_since(const struct notify_socket *s, unsigned before)
{
	unsigned now = s->family == AF_INET6 ? notify_way_device(s) : 0;
	return now ? now : before;
}

/* Where the number of an interface stands in the data of such a message; NO_INDEX: whatever it
 * says is another way. */
enum { NO_INDEX = -1 };
static const struct {
	int level, type, index_at;
} ways[] = {
	{IPPROTO_IP, IP_PKTINFO, offsetof(struct in_pktinfo, ipi_ifindex)},
	{IPPROTO_IP, IP_RETOPTS, NO_INDEX},
	{IPPROTO_IPV6, IPV6_PKTINFO, 16 /* behind the address */},
	{IPPROTO_IPV6, IPV6_2292PKTINFO, 16},
	{IPPROTO_IPV6, IPV6_RTHDR, NO_INDEX},
	{IPPROTO_IPV6, IPV6_2292RTHDR, NO_INDEX},
};

static bool is_way(const struct cmsghdr *head, struct slice data)
{
	for (size_t i = 0; i < LENGTH(ways); i++) {
		int index = 0;
		if (ways[i].level != head->cmsg_level || ways[i].type != head->cmsg_type)
			continue;
		if (ways[i].index_at == NO_INDEX)
			return true;
		struct slice number = slice_part(data, (size_t)ways[i].index_at, sizeof index);
		if (number.size == sizeof index)
			memcpy(&index, number.at, sizeof index);
		return index != 0 && index != LOOPBACK_INDEX;
	}
	return false;
}

bool notify_way_in(struct slice control)
{
	struct cursor at = cursor_over(control);
	struct cmsghdr head;
	while (cursor_left(&at) >= sizeof head) {
		struct slice rest = cursor_rest(&at);
		memcpy(&head, rest.at, sizeof head);
		if (head.cmsg_len < sizeof head || head.cmsg_len > rest.size)
			return true; /* what cannot be read may be one */
		if (is_way(&head, slice_part(rest, sizeof head, head.cmsg_len - sizeof head)))
			return true;
		size_t aligned = CMSG_ALIGN(head.cmsg_len);
		cursor_take(&at, aligned < rest.size ? aligned : rest.size);
	}
	return false;
}

const char *notify_way_name(int level, int option)
{
	bool group = level == IPPROTO_IP ? option >= IP_ADD_MEMBERSHIP && option <= MCAST_MSFILTER
					 : level == IPPROTO_IPV6 && ((option >= IPV6_JOIN_GROUP && option <= IPV6_LEAVE_ANYCAST) ||
								     (option >= MCAST_JOIN_GROUP && option <= MCAST_MSFILTER));
	return group ? "join_group" : "other_way";
}
