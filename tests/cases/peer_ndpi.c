/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nDPI's flows as JSON lines. Its bytes are whole frames; its `host` is whatever name
 * the protocol of the flow holds, lookups included.
 */
#include "tests/cases/cases.h"

#include <string.h>

enum member { KIND, L4, A, A_PORT, B, B_PORT, PROTO, A_PACKETS, B_PACKETS, HOST, DIR, MEMBERS };

static const struct {
	const char *theirs, *ours;
} protos[] = {
	{"TCP", "tcp"},   {"UDP", "udp"},   {"ICMP", "icmp"}, {"ICMPV6", "icmp6"},
	{"IGMP", "igmp"}, {"SCTP", "sctp"}, {"GRE", "gre"},   {"ESP", "esp"},
};

static const char *proto_of(const char *theirs)
{
	for (size_t i = 0; theirs && i < LENGTH(protos); i++)
		if (!strcmp(protos[i].theirs, theirs))
			return protos[i].ours;
	return NULL;
}

/* Which of our names hold what nDPI calls the host of such a flow. */
static const struct {
	const char *proto, *kind, *how; /* NULL: a lookup; "": any */
} hosts[] = {
	{"DNS", "dns", NULL},   {"MDNS", "mdns", NULL},       {"LLMNR", "mdns", NULL},
	{"NetBIOS", "nbns", NULL}, {"TLS", "sni", "sni"},     {"QUIC", "quic", "sni"},
	{"DoH_DoT", "sni", "sni"},  {"HTTP", "http", "http"}, {"DTLS", "dtls", "sni"},
};

static bool has_host(const struct ours *o, const struct ends *e, const char *host, const char *how)
{
	struct slice all = slice_of_string(host);
	size_t at = slice_find(all, ':');
	char plain[CASES_NAME_MAX];
	if (has_name(o, e, host, how))
		return true;
	return at < all.size && slice_to_string(slice_part(all, 0, at), plain, sizeof plain) &&
	       has_name(o, e, plain, how);
}

static void claim_host(struct peer_run *r, const struct ends *e, const char *proto, const char *host)
{
	const char *text = ends_text(r->arena, e);
	for (size_t i = 0; i < LENGTH(hosts); i++) {
		size_t size = strlen(hosts[i].proto);
		if (strncmp(proto, hosts[i].proto, size) || (proto[size] && proto[size] != '.'))
			continue;
		bool found = hosts[i].how ? has_host(r->ours, e, host, hosts[i].how)
					  : has_query(r->ours, e, host, NULL);
		tally_claim(r->tally, hosts[i].kind, found ? AGREES : DIFFERS, "%s %s %s", text, proto,
			    host);
		return;
	}
	tally_claim(r->tally, "other name", has_host(r->ours, e, host, "") ? AGREES : NOT_COMPARABLE,
		    "%s %s %s", text, proto, host);
}

static void claim_flow(struct peer_run *r, const struct json_member *m, const struct ends *e)
{
	const char *text = ends_text(r->arena, e), *proto = member_text(r->arena, &m[PROTO].value),
		   *host = member_text(r->arena, &m[HOST].value);
	struct our_flow *f = best_flow(r->ours, e, NULL);
	tally_claim(r->tally, "flow", f ? AGREES : DIFFERS, "%s %s", text, proto);
	if (f) {
		bool turned = false;
		int64_t out = member_number(&m[A_PACKETS].value), in = member_number(&m[B_PACKETS].value);
		f->used = true;
		(void)same_ends(f, e, &turned);
		bool same = f->packets[turned] == (uint64_t)out && f->packets[!turned] == (uint64_t)in;
		tally_claim(r->tally, "direction", turned ? DIFFERS : AGREES, "%s | %s", text, f->state);
		tally_claim(r->tally, "packets", same ? AGREES : DIFFERS, "%s: %lld %lld | %llu %llu", text,
			    (long long)out, (long long)in, (unsigned long long)f->packets[turned],
			    (unsigned long long)f->packets[!turned]);
	}
	if (host && proto)
		claim_host(r, e, proto, host);
}

void peer_ndpi(struct peer_run *r)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct json_member m[MEMBERS] = {
			[KIND] = {.key = "kind"},	  [L4] = {.key = "l4"},
			[A] = {.key = "a"},		  [A_PORT] = {.key = "a_port"},
			[B] = {.key = "b"},		  [B_PORT] = {.key = "b_port"},
			[PROTO] = {.key = "proto"},	  [A_PACKETS] = {.key = "a_pkts"},
			[B_PACKETS] = {.key = "b_pkts"}, [HOST] = {.key = "host"},
			[DIR] = {.key = "dir"},
		};
		if (json_read_object(line, m, MEMBERS, NULL) ||
		    !slice_is(m[KIND].value.raw, "flow"))
			continue;
		struct ends e = {
			.proto = proto_of(member_text(r->arena, &m[L4].value)),
			.a = address_of(member_text(r->arena, &m[A].value)),
			.b = address_of(member_text(r->arena, &m[B].value)),
			.a_port = (int32_t)member_number(&m[A_PORT].value),
			.b_port = (int32_t)member_number(&m[B_PORT].value),
		};
		if (e.proto && strcmp(e.proto, "tcp") && strcmp(e.proto, "udp"))
			e.a_port = e.b_port = -1;
		claim_flow(r, m, &e);
	}
}
