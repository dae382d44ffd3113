/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/network.h"

#include "collectors/windows/adapters.h"
#include "core/auto.h"
#include "core/socket_address.h"
#include "core/windows/wide.h"

static void add_adapter(struct network *n, const IP_ADAPTER_ADDRESSES *adapter)
{
	char name[NETWORK_NAME_MAX];
	uint32_t index = adapters_index(adapter);
	wide_string(adapter->FriendlyName, name, sizeof name);
	network_add_interface(n, name, index);
	for (const IP_ADAPTER_UNICAST_ADDRESS *u = adapter->FirstUnicastAddress; u; u = u->Next) {
		struct address a;
		unsigned port;
		if (socket_address_read(u->Address.lpSockaddr, &a, &port))
			network_add(n, &a, name, index);
	}
}

bool network_list(struct network *ret)
{
	AUTO_FREE IP_ADAPTER_ADDRESSES *list = adapters_list();
	for (const IP_ADAPTER_ADDRESSES *adapter = list; adapter; adapter = adapter->Next)
		add_adapter(ret, adapter);
	return list != NULL;
}
