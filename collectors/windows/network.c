/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/network.h"

#include "core/auto.h"
#include "core/socket_address.h"
#include "core/windows/wide.h"

#include <iphlpapi.h>

enum {
	TRIES = 4,                /* between two calls there may be more */
	ADAPTERS_MAX = 4 << 20,   /* bytes of the list */
	ADAPTERS_FIRST = 16 << 10,
};

/* Of the caller; NULL where Windows does not tell. */
static IP_ADAPTER_ADDRESSES *list_adapters(void)
{
	const ULONG flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
	ULONG size = ADAPTERS_FIRST;
	for (int i = 0; i < TRIES && size <= ADAPTERS_MAX; i++) {
		AUTO_FREE IP_ADAPTER_ADDRESSES *list = must_alloc(size, 1);
		ULONG code = GetAdaptersAddresses(AF_UNSPEC, flags, NULL, list, &size);
		if (code == NO_ERROR)
			return TAKE(&list);
		if (code != ERROR_BUFFER_OVERFLOW)
			return NULL;
	}
	return NULL;
}

static void add_adapter(struct network *n, const IP_ADAPTER_ADDRESSES *adapter)
{
	char name[NETWORK_NAME_MAX];
	wide_string(adapter->FriendlyName, name, sizeof name);
	/* one without IPv4 has a number for IPv6 alone */
	uint32_t index = adapter->IfIndex ? adapter->IfIndex : adapter->Ipv6IfIndex;
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
	AUTO_FREE IP_ADAPTER_ADDRESSES *list = list_adapters();
	for (const IP_ADAPTER_ADDRESSES *adapter = list; adapter; adapter = adapter->Next)
		add_adapter(ret, adapter);
	return list != NULL;
}
