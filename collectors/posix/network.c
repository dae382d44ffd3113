/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/network.h"

#include "core/socket_address.h"

#include <ifaddrs.h>
#include <net/if.h>

bool network_list(struct network *ret)
{
	struct ifaddrs *list = NULL;
	if (getifaddrs(&list) != 0)
		return false;
	for (const struct ifaddrs *e = list; e; e = e->ifa_next) {
		struct address a;
		unsigned port;
		if (!e->ifa_addr || !socket_address_read(e->ifa_addr, &a, &port))
			continue;
		address_clear_scope(&a);
		network_add(ret, &a, e->ifa_name, if_nametoindex(e->ifa_name));
	}
	freeifaddrs(list);
	struct if_nameindex *names = if_nameindex();
	for (struct if_nameindex *n = names; n && n->if_index; n++)
		network_add_interface(ret, n->if_name, n->if_index);
	if (names)
		if_freenameindex(names);
	return true;
}
