/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/registry.h"

/* In the order in which they are opened and drained: processes first, for what the
 * others tell of is told of a process. */
const struct collector *const collectors[] = {
	&collector_processes,
	&collector_etw,
	&collector_socket_tables,
	&collector_tools,
	&collector_settings,
	&collector_firewall,
	&collector_dns_cache,
	&collector_applog,
	NULL,
};
