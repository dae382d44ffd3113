/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_SOCKET_ADDRESS_H
#define CORE_SOCKET_ADDRESS_H

/*
 * Addresses as the system's calls have them.
 */

#include "core/address.h"

#include <netinet/in.h>

union socket_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Returns the size of what it filled in; `a` has a family. */
size_t socket_address_make(const struct address *a, unsigned port, union socket_address *ret);

/* False for a family that is not of IP. `from` is as long as its family needs. */
bool socket_address_read(const void *from, struct address *ret, unsigned *ret_port);

#endif
