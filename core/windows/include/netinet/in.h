/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_NETINET_IN_H
#define CORE_WINDOWS_INCLUDE_NETINET_IN_H

/* The addresses of sockets stand elsewhere on Windows. */

#include <winsock2.h>

#include <ws2tcpip.h>

#endif
