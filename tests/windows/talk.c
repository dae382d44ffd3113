/* SPDX-License-Identifier: Apache-2.0 */
/*
 * talk MILLISECONDS: listens on the loopback, connects to itself, holds the connection
 * for so long, and prints its port. What a session under Wine watches.
 */
#include "core/cursor.h"
#include "core/error.h"
#include "core/socket.h"

#include <stdio.h>
#include <windows.h>

int main(int argc, char *argv[])
{
	static const struct address here = {ADDRESS_V4, {127, 0, 0, 1}};
	uint64_t hold = 0;
	int listener = socket_open(ADDRESS_V4, true), client = socket_open(ADDRESS_V4, true);
	if (argc != 2 || !slice_u64(slice_of_string(argv[1]), 60000, &hold) ||
	    socket_bind(listener, &here, 0) != SOCKET_BOUND || !socket_listen(listener))
		return 1;
	unsigned port = socket_port(listener);
	if (!socket_connect(client, &here, port) || !socket_send(client, SLICE("hello")))
		return 1;
	int server = socket_accept(listener);
	printf("port %u\n", port);
	fflush(stdout);
	Sleep((DWORD)hold);
	socket_close(server);
	socket_close(client);
	socket_close(listener);
	return 0;
}
