/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_REGISTRY_H
#define COLLECTORS_REGISTRY_H

#include "collectors/collector.h"

/* Each platform has some of them, listed in its registry.c. */
extern const struct collector collector_kernel, collector_packets, collector_sock_diag, collector_seccomp,
	collector_tools, collector_applog, collector_processes, collector_socket_tables,
	collector_settings, collector_firewall, collector_dns_cache, collector_etw,
	collector_dns_log, collector_isolation;

#endif
