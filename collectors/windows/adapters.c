/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/adapters.h"

#include "core/auto.h"
#include "core/error.h"

enum {
	TRIES = 4,              /* between two calls there may be more */
	ADAPTERS_MAX = 4 << 20, /* bytes of the list */
	ADAPTERS_FIRST = 16 << 10,
};

IP_ADAPTER_ADDRESSES *adapters_list(void)
{
	const ULONG flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST;
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

uint32_t adapters_index(const IP_ADAPTER_ADDRESSES *adapter)
{
	return adapter->IfIndex ? adapter->IfIndex : adapter->Ipv6IfIndex;
}
