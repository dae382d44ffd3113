/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/registry.h"

/* In the order in which they are opened; processes first, for it must know the session's
 * first process before it runs. */
const struct collector *const collectors[] = {
	&collector_processes, &collector_packets, &collector_socket_tables, &collector_tools,
	&collector_dns_log,   &collector_applog,  NULL,
};
