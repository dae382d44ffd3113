/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_ADAPTERS_H
#define COLLECTORS_WINDOWS_ADAPTERS_H

/*
 * The network adapters of this machine as Windows lists them, with their addresses and
 * the name servers that each was given.
 */

#include <winsock2.h>

#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <stdint.h>

/* The first of a list that ends with NULL; the caller frees it. NULL where Windows does
 * not tell. */
IP_ADAPTER_ADDRESSES *adapters_list(void);

/* Its number; one without IPv4 has one for IPv6 alone. */
uint32_t adapters_index(const IP_ADAPTER_ADDRESSES *adapter);

#endif
