/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

enum status channel_open(int ret[static 2], struct error *err)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ret) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a socket pair");
	fcntl(ret[0], F_SETFD, FD_CLOEXEC);
	fcntl(ret[1], F_SETFD, FD_CLOEXEC);
	return OK;
}

bool channel_send(int fd, const void *record, size_t size, bool wait)
{
	int flags = MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT);
	return send(fd, record, size, flags) == (ssize_t)size;
}

static ssize_t receive(int fd, void *ret, size_t size, int flags)
{
	ssize_t got;
	do
		got = recv(fd, ret, size, flags);
	while (got < 0 && errno == EINTR);
	return got;
}

enum channel_got channel_take(int fd, void *ret, size_t size, bool wait)
{
	/* looked at first: a part of a record is left until the rest has come */
	ssize_t there = wait ? (ssize_t)size : receive(fd, ret, size, MSG_PEEK | MSG_DONTWAIT);
	if (there > 0 && (size_t)there < size)
		return CHANNEL_NOTHING;
	if (there < 0 && errno == EAGAIN)
		return CHANNEL_NOTHING;
	if (there <= 0)
		return CHANNEL_END;
	return receive(fd, ret, size, MSG_WAITALL) == (ssize_t)size ? CHANNEL_RECORD : CHANNEL_END;
}

/* Room for one descriptor beside a message (cmsg(3)). */
union beside {
	struct cmsghdr head; /* for its alignment */
	char room[CMSG_SPACE(sizeof(int))];
};

bool channel_order(int fd, char order, int with)
{
	struct iovec byte = {.iov_base = &order, .iov_len = 1};
	union beside beside = {.room = {0}};
	struct msghdr m = {.msg_iov = &byte, .msg_iovlen = 1};
	if (with >= 0) {
		m.msg_control = beside.room;
		m.msg_controllen = sizeof beside.room;
		struct cmsghdr *head = CMSG_FIRSTHDR(&m);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(sizeof with);
		memcpy(CMSG_DATA(head), &with, sizeof with);
	}
	return sendmsg(fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

char channel_obey(int fd, int *ret_with, bool *ret_end)
{
	char order = 0;
	struct iovec byte = {.iov_base = &order, .iov_len = 1};
	union beside beside = {.room = {0}};
	struct msghdr m = {.msg_iov = &byte,
			   .msg_iovlen = 1,
			   .msg_control = beside.room,
			   .msg_controllen = sizeof beside.room};
	ssize_t got;
	*ret_with = -1;
	do
		got = recvmsg(fd, &m, MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	*ret_end = got == 0 || (got < 0 && errno != EAGAIN);
	if (got <= 0)
		return 0;
	struct cmsghdr *head = CMSG_FIRSTHDR(&m);
	if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
	    head->cmsg_len == CMSG_LEN(sizeof *ret_with)) {
		memcpy(ret_with, CMSG_DATA(head), sizeof *ret_with);
		fcntl(*ret_with, F_SETFD, FD_CLOEXEC);
	}
	return order;
}
