/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/channel.h"

#include <errno.h>
#include <fcntl.h>
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
