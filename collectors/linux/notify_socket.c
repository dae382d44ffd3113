/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_socket.h"

#include "core/auto.h"
#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MPTCP = 262 };

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

union any_address {
	union socket_address ip;
	struct sockaddr_storage room;
};

int notify_borrow_any(int process, int fd, int *ret)
{
	*ret = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
	return *ret >= 0 ? 0 : errno == EBADF ? EBADF : EPERM;
}

static int number_of(int fd, int option, int *ret)
{
	socklen_t size = sizeof *ret;
	return getsockopt(fd, SOL_SOCKET, option, ret, &size) == 0 ? 0 : errno;
}

int notify_borrow(int process, int fd, struct notify_socket *ret)
{
	*ret = (struct notify_socket){.fd = -1};
	int code = notify_borrow_any(process, fd, &ret->fd);
	if (!code)
		code = number_of(ret->fd, SO_DOMAIN, &ret->family);
	if (!code)
		code = number_of(ret->fd, SO_PROTOCOL, &ret->protocol);
	if (!code && !notify_is_ip(ret)) /* of those the protocol tells it */
		code = number_of(ret->fd, SO_TYPE, &ret->type);
	if (code) {
		notify_return(ret);
		return code == EBADF || code == ENOTSOCK ? code : EPERM;
	}
	return 0;
}

void notify_return(struct notify_socket *s)
{
	auto_close(&s->fd);
	s->fd = -1;
}

bool notify_is_ip(const struct notify_socket *s)
{
	return s->family == AF_INET || s->family == AF_INET6;
}

bool notify_is_stream(const struct notify_socket *s)
{
	return notify_is_ip(s) && (s->protocol == IPPROTO_TCP || s->protocol == MPTCP);
}

bool notify_is_blocking(const struct notify_socket *s)
{
	return !(fcntl(s->fd, F_GETFL) & O_NONBLOCK);
}

static uint64_t large_of(int fd, int option)
{
	uint64_t value = 0;
	socklen_t size = sizeof value;
	return getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ? value : 0;
}

void notify_describe(const struct notify_socket *s, struct notify_record *ret)
{
	ret->family = s->family;
	ret->type = s->type;
	ret->protocol = s->protocol;
	if (!notify_is_ip(s))
		return;
	ret->cookie = large_of(s->fd, SO_COOKIE);
	ret->netns = large_of(s->fd, SO_NETNS_COOKIE);
}

void notify_own_end(const struct notify_socket *s, struct notify_record *ret)
{
	union any_address own = {0};
	socklen_t size = sizeof own;
	if (getsockname(s->fd, &own.ip.any, &size) == 0)
		socket_address_read(&own, &ret->src, &ret->sport);
}

bool notify_peer(const struct notify_socket *s, struct address *ret, unsigned *ret_port)
{
	union any_address peer = {0};
	socklen_t size = sizeof peer;
	return getpeername(s->fd, &peer.ip.any, &size) == 0 && socket_address_read(&peer, ret, ret_port);
}

bool notify_is_established(const struct notify_socket *s)
{
	enum { ESTABLISHED = 1 };
	struct tcp_info info = {0};
	socklen_t size = sizeof info;
	return s->protocol == IPPROTO_TCP && getsockopt(s->fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
	       info.tcpi_state == ESTABLISHED;
}
