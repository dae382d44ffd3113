/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/protocol.h"

#include <netinet/in.h>
#include <string.h>

const char *protocol_name(unsigned number)
{
	static const struct {
		unsigned number;
		const char *name;
	} names[] = {{IPPROTO_TCP, "tcp"},	     {IPPROTO_UDP, "udp"},
		     {IPPROTO_ICMP, "icmp"},	     {IPPROTO_ICMPV6, "icmp6"},
		     {IPPROTO_SCTP, "sctp"},	     {IPPROTO_UDPLITE, "udplite"},
		     {IPPROTO_DCCP, "dccp"},	     {IPPROTO_RAW, "raw"},
		     {IPPROTO_IGMP, "igmp"},
		     {262 /* MPTCP */, "mptcp"},     {IPPROTO_IP, "ip"}};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (names[i].number == number)
			return names[i].name;
	return "other";
}

void protocol_add(struct json *j, unsigned number)
{
	const char *name = protocol_name(number);
	json_add_string(j, "proto", name);
	if (!strcmp(name, "other"))
		json_add_u64(j, "proto_number", number);
}
