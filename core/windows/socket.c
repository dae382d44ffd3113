/* SPDX-License-Identifier: Apache-2.0 */
#include "core/socket.h"

#include "core/error.h"
#include "core/socket_address.h"

static SOCKET handle_of(int s)
{
	return s < 0 ? INVALID_SOCKET : (SOCKET)s;
}

static int number_of(SOCKET s)
{
	return s == INVALID_SOCKET ? -1 : (int)s;
}

/* Winsock wants to be asked in; it is left when the process ends. */
static bool winsock_is_there(void)
{
	static bool started;
	WSADATA data;
	started = started || WSAStartup(MAKEWORD(2, 2), &data) == 0;
	return started;
}

int socket_open(enum address_family family, bool tcp)
{
	if (!winsock_is_there())
		return -1;
	return number_of(WSASocketW(family == ADDRESS_V6 ? AF_INET6 : AF_INET,
				    tcp ? SOCK_STREAM : SOCK_DGRAM, 0, NULL, 0,
				    WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT));
}

enum socket_bound socket_bind(int s, const struct address *a, unsigned port)
{
	union socket_address at;
	int size = (int)socket_address_make(a, port, &at);
	if (bind(handle_of(s), &at.any, size) == 0)
		return SOCKET_BOUND;
	int code = WSAGetLastError();
	return code == WSAEADDRINUSE || code == WSAEACCES ? SOCKET_TAKEN : SOCKET_REFUSED;
}

bool socket_listen(int s)
{
	return listen(handle_of(s), 1) == 0;
}

bool socket_connect(int s, const struct address *to, unsigned port)
{
	union socket_address at;
	int size = (int)socket_address_make(to, port, &at);
	return connect(handle_of(s), &at.any, size) == 0;
}

bool socket_send(int s, struct slice bytes)
{
	int size = (int)bytes.size;
	return send(handle_of(s), (const char *)bytes.at, size, 0) == size;
}

bool socket_send_to(int s, struct slice bytes, const struct address *to, unsigned port)
{
	union socket_address at;
	int size = (int)bytes.size, at_size = (int)socket_address_make(to, port, &at);
	return sendto(handle_of(s), (const char *)bytes.at, size, 0, &at.any, at_size) == size;
}

int socket_accept(int listener)
{
	SOCKET s = accept(handle_of(listener), NULL, NULL);
	if (s != INVALID_SOCKET)
		SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0);
	return number_of(s);
}

unsigned socket_port(int s)
{
	union socket_address at;
	int size = sizeof at;
	struct address a;
	unsigned port;
	if (getsockname(handle_of(s), &at.any, &size) != 0 || !socket_address_read(&at, &a, &port))
		return 0;
	return port;
}

void socket_close(int s)
{
	if (s >= 0)
		closesocket(handle_of(s));
}

void socket_drop(int s)
{
	struct linger now = {1, 0};
	if (s >= 0)
		setsockopt(handle_of(s), SOL_SOCKET, SO_LINGER, (const char *)&now, sizeof now);
	socket_close(s);
}
