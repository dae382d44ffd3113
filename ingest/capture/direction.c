/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who began, where the first packet of a flow does not say it. Servers listen at
 * numbers that are registered (RFC 6335, section 6), clients send from others: a
 * packet from the one to the other is an answer whose question was not captured.
 *
 * That is a guess, made only where the capture does not tell which way a packet went.
 * Nobody gets to send what was not asked for by calling it an answer: what leaves the
 * watched host, or goes from a private address to a public one, only counts as one where
 * the protocol itself says so.
 */
#include "ingest/capture/dissect.h"

enum { PORT_SYSTEM_MAX = 1023 }; /* RFC 6335, section 6 */

/* Above those: what is listened at in practice. Sorted. */
static const uint16_t listened[] = {
	1080, 1194, 1433, 1521,	 1701,	1723,  1883,  1900,  2049,  2152,  2375,  2376,	 3128,
	3268, 3306, 3389, 3478,	 3544,	4433,  4500,  4789,  5000,  5060,  5061,  5072,	 5222,
	5223, 5228, 5269, 5349,	 5353,	5355,  5432,  5671,  5672,  5900,  5938,  6000,	 6081,
	6379, 6443, 6667, 6697,	 7860,	8000,  8008,  8080,  8081,  8443,  8853,  8883,	 8888,
	9000, 9042, 9092, 9200,	 9418,	11211, 11434, 19302, 25565, 27017, 41641, 51820,
};

static bool is_listened(uint16_t port)
{
	size_t from = 0, to = LENGTH(listened);
	while (from < to) {
		size_t middle = (from + to) / 2;
		if (listened[middle] == port)
			return true;
		if (listened[middle] < port)
			from = middle + 1;
		else
			to = middle;
	}
	return port != 0 && port <= PORT_SYSTEM_MAX;
}

static bool may_leave(const struct dissect *d, const struct packet *p)
{
	enum address_class from = address_class(&p->src), to = address_class(&p->dst);
	return to == CLASS_MULTICAST || (from != CLASS_PUBLIC && to == CLASS_PUBLIC) ||
	       (hosts_own(d->hosts, &p->src) && !hosts_own(d->hosts, &p->dst));
}

static bool began_before(const struct packet *p)
{
	if (p->proto == PROTO_TCP)
		return !(p->tcp_flags & TCP_SYN);
	return p->proto == PROTO_UDP || p->proto == PROTO_SCTP;
}

bool direction_is_reply(const struct dissect *d, const struct packet *p)
{
	if (names_is_reply(p) && (p->way != WAY_OUT || p->proto == PROTO_TCP))
		return true;
	bool told = p->way == WAY_IN || p->way == WAY_OUT;
	return !told && p->has_ports && began_before(p) && is_listened(p->sport) &&
	       !is_listened(p->dport) && !may_leave(d, p);
}
