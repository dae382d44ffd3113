/* SPDX-License-Identifier: Apache-2.0 */
#include "core/socket.h"

#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Behind the call, for macOS cannot be asked within it; no thread forks between. */
static int keep_to_ourselves(int s)
{
	if (s >= 0)
		fcntl(s, F_SETFD, FD_CLOEXEC);
	return s;
}

int socket_open(enum address_family family, bool tcp)
{
	return keep_to_ourselves(socket(family == ADDRESS_V6 ? AF_INET6 : AF_INET,
					tcp ? SOCK_STREAM : SOCK_DGRAM, 0));
}

enum socket_bound socket_bind(int s, const struct address *a, unsigned port)
{
	union socket_address at;
	socklen_t size = (socklen_t)socket_address_make(a, port, &at);
	if (bind(s, &at.any, size) == 0)
		return SOCKET_BOUND;
	return errno == EADDRINUSE || errno == EACCES ? SOCKET_TAKEN : SOCKET_REFUSED;
}

bool socket_listen(int s)
{
	return listen(s, 1) == 0;
}

bool socket_connect(int s, const struct address *to, unsigned port)
{
	union socket_address at;
	socklen_t size = (socklen_t)socket_address_make(to, port, &at);
	return connect(s, &at.any, size) == 0;
}

bool socket_send(int s, struct slice bytes)
{
	return send(s, bytes.at, bytes.size, MSG_NOSIGNAL) == (ssize_t)bytes.size;
}

bool socket_send_to(int s, struct slice bytes, const struct address *to, unsigned port)
{
	union socket_address at;
	socklen_t size = (socklen_t)socket_address_make(to, port, &at);
	return sendto(s, bytes.at, bytes.size, 0, &at.any, size) == (ssize_t)bytes.size;
}

int socket_accept(int listener)
{
	return keep_to_ourselves(accept(listener, NULL, NULL));
}

unsigned socket_port(int s)
{
	union socket_address at;
	socklen_t size = sizeof at;
	struct address a;
	unsigned port;
	if (getsockname(s, &at.any, &size) != 0 || !socket_address_read(&at, &a, &port))
		return 0;
	return port;
}

void socket_close(int s)
{
	if (s >= 0)
		close(s);
}

void socket_drop(int s)
{
	struct linger now = {1, 0};
	if (s >= 0)
		setsockopt(s, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	socket_close(s);
}
