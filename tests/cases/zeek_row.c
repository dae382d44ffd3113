/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cases/zeek_row.h"

#include "ingest/capture/packet.h"

#include <stdio.h>
#include <string.h>

static const char *const keys[MEMBERS] = {
	"kind",       "test",       "orig_h",    "orig_p",       "resp_h",    "resp_p",
	"proto",      "ip_proto",   "orig_bytes", "resp_bytes",  "orig_pkts", "resp_pkts",
	"conn_state", "missed_bytes", "query",   "original_query", "qtype_name", "rcode_name",
	"server_name", "host",      "name",     "uid",           "tunnel_parents",
};

const char *zeek_text(struct peer_run *r, const struct zeek_row *row, enum zeek_member m)
{
	return member_text(r->arena, &row->members[m].value);
}

int64_t zeek_number(const struct zeek_row *row, enum zeek_member m)
{
	return member_number(&row->members[m].value);
}

/* ICMP has a type and a code where the ports stand; what Zeek knows no ports of has 0. */
static const char *proto_of(struct peer_run *r, const struct zeek_row *row, bool *ret_ports)
{
	const char *proto = zeek_text(r, row, PROTO);
	int64_t number = zeek_number(row, IP_PROTO);
	char text[32];
	*ret_ports = proto && (!strcmp(proto, "tcp") || !strcmp(proto, "udp"));
	if (number < 0 || *ret_ports)
		return proto;
	const char *name = transport_name((unsigned)number);
	if (name)
		return name;
	snprintf(text, sizeof text, "ip proto %lld", (long long)number);
	return arena_string(r->arena, slice_of_string(text));
}

static void set_ends(struct peer_run *r, struct zeek_row *row)
{
	bool ports;
	row->ends.proto = proto_of(r, row, &ports);
	row->ends.a = address_of(zeek_text(r, row, ORIG_H));
	row->ends.b = address_of(zeek_text(r, row, RESP_H));
	ports = ports || !row->ends.proto;
	row->ends.a_port = ports ? (int32_t)zeek_number(row, ORIG_P) : -1;
	row->ends.b_port = ports ? (int32_t)zeek_number(row, RESP_P) : -1;
}

bool zeek_row(struct peer_run *r, struct slice line, struct zeek_row *ret)
{
	*ret = (struct zeek_row){0};
	for (size_t i = 0; i < MEMBERS; i++)
		ret->members[i].key = keys[i];
	if (json_read_object(line, ret->members, MEMBERS, NULL))
		return false;
	set_ends(r, ret);
	return true;
}

bool zeek_same(const struct zeek_row *a, const struct zeek_row *b, enum zeek_member m)
{
	return slice_equal(a->members[m].value.raw, b->members[m].value.raw);
}
