/* SPDX-License-Identifier: Apache-2.0 */
#include "core/socket_address.h"

#include <string.h>

size_t socket_address_make(const struct address *a, unsigned port, union socket_address *ret)
{
	memset(ret, 0, sizeof *ret);
	if (a->family == ADDRESS_V6) {
		ret->v6.sin6_family = AF_INET6;
		memcpy(&ret->v6.sin6_addr, a->bytes, 16);
		ret->v6.sin6_port = htons((uint16_t)port);
		return sizeof ret->v6;
	}
	ret->v4.sin_family = AF_INET;
	memcpy(&ret->v4.sin_addr, a->bytes, 4);
	ret->v4.sin_port = htons((uint16_t)port);
	return sizeof ret->v4;
}

bool socket_address_read(const void *from, struct address *ret, unsigned *ret_port)
{
	union socket_address a;
	memcpy(&a.any, from, sizeof a.any);
	if (a.any.sa_family == AF_INET) {
		memcpy(&a.v4, from, sizeof a.v4);
		*ret = address_v4((const unsigned char *)&a.v4.sin_addr);
		*ret_port = ntohs(a.v4.sin_port);
		return true;
	}
	if (a.any.sa_family != AF_INET6)
		return false;
	memcpy(&a.v6, from, sizeof a.v6);
	*ret = address_v6((const unsigned char *)&a.v6.sin6_addr);
	*ret_port = ntohs(a.v6.sin6_port);
	return true;
}
