/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/probe.h"

#include "core/error.h"

const struct probe probes[] = {
	{"tcp", "TCP over IPv4: a connection, and a line with the token", PROBE_TCP, ADDRESS_V4, "tcp", 0, NULL},
	{"tcp6", "TCP over IPv6: the same", PROBE_TCP, ADDRESS_V6, "tcp", 0, NULL},
	{"udp", "UDP over IPv4: a datagram with the token", PROBE_UDP, ADDRESS_V4, "udp", 0, NULL},
	{"udp6", "UDP over IPv6: the same", PROBE_UDP, ADDRESS_V6, "udp", 0, NULL},
	{"icmp", "ICMP: an echo request with the token", PROBE_ICMP, ADDRESS_V4, "icmp", 0, NULL},
	{"icmp6", "ICMPv6: the same", PROBE_ICMP, ADDRESS_V6, "icmp6", 0, NULL},
	{"dns_udp", "DNS over UDP: a question for TOKEN.NAME", PROBE_DNS_UDP, ADDRESS_NONE, "udp", 53, NULL},
	{"dns_tcp", "DNS over TCP: the same", PROBE_DNS_TCP, ADDRESS_NONE, "tcp", 53, NULL},
	{"dot", "DNS over TLS: a TLS greeting to TOKEN.NAME", PROBE_TLS, ADDRESS_NONE, "tcp", 853, "dot"},
	{"doh", "DNS over HTTPS: a TLS greeting to TOKEN.NAME", PROBE_TLS, ADDRESS_NONE, "tcp", 443, "h2"},
	{"quic", "QUIC: a datagram like an Initial packet", PROBE_QUIC, ADDRESS_NONE, "udp", 443, NULL},
	{"raw", "IP protocol 253: a packet with the token", PROBE_RAW, ADDRESS_V4, "ip proto 253", 0, NULL},
	{"proxy", "through the proxy of the environment: CONNECT", PROBE_PROXY, ADDRESS_NONE, "tcp", 0, NULL},
	{"child", "TCP from a program that was started", PROBE_CHILD, ADDRESS_NONE, "tcp", 0, NULL},
	{"orphan", "TCP from a process whose parent has ended", PROBE_ORPHAN, ADDRESS_NONE, "tcp", 0, NULL},
};
const size_t probe_count = LENGTH(probes);

const struct probe *probe_find(struct slice name)
{
	for (size_t i = 0; i < LENGTH(probes); i++)
		if (slice_is(name, probes[i].name))
			return &probes[i];
	return NULL;
}
