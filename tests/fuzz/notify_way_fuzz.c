/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Control data of a message, as a process under watch hands it over: what is in one is never
 * taken for another, and a route is found behind it. The source itself: the fuzzing library
 * is made of the verifying side only.
 */
#include "collectors/linux/notify_way.c"

#include <stdlib.h>

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct cmsghdr route = {.cmsg_len = sizeof route, .cmsg_level = IPPROTO_IPV6, .cmsg_type = IPV6_RTHDR};
	unsigned char more[MOST + 2 * sizeof route] = {0};
	struct cmsghdr around = {.cmsg_len = sizeof around + size, .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_TIMESTAMP};
	(void)notify_way_in(slice_of(data, size));
	if (size > MOST)
		return 0;
	memcpy(more, &around, sizeof around);
	memcpy(more + sizeof around, data, size);
	size_t end = CMSG_ALIGN(sizeof around + size);
	if (notify_way_in(slice_of(more, end)))
		abort();
	memcpy(more + end, &route, sizeof route);
	if (!notify_way_in(slice_of(more, end + sizeof route)))
		abort();
	return 0;
}
