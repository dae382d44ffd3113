/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_ARPA_INET_H
#define CORE_WINDOWS_INCLUDE_ARPA_INET_H

/* inet_pton() and inet_ntop() stand elsewhere on Windows. */

#include <winsock2.h>

#include <ws2tcpip.h>

#endif
