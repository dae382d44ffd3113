/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Suricata's tests as JSON lines: so many rows of eve.json match these members. Only
 * events that have an equivalent here are asked for, and of their members only those
 * we have too: then there may be more of ours, never fewer. Of checks for several
 * versions those for the newest count.
 */
#include "tests/cases/cases.h"

#include <string.h>

enum { NEWEST = 8, UNASKED_MAX = 512 };

enum member {
	EVENT,
	PROTO,
	SRC,
	SPORT,
	DST,
	DPORT,
	PACKETS_OUT,
	PACKETS_IN,
	DNS_TYPE,
	DNS_NAME,
	DNS_OLD_NAME,
	DNS_QTYPE,
	DNS_OLD_QTYPE,
	DNS_RCODE,
	SNI,
	QUIC_SNI,
	HOST,
	METHOD,
	JA4,
	QUIC_JA4,
	MEMBERS,
};

static const char *const keys[MEMBERS] = {
	"event_type",
	"proto",
	"src_ip",
	"src_port",
	"dest_ip",
	"dest_port",
	"flow.pkts_toserver",
	"flow.pkts_toclient",
	"dns.type",
	"dns.queries[0].rrname",
	"dns.rrname",
	"dns.queries[0].rrtype",
	"dns.rrtype",
	"dns.rcode",
	"tls.sni",
	"quic.sni",
	"http.hostname",
	"http.http_method",
	"tls.ja4",
	"quic.ja4",
};

struct check {
	struct json_member m[MEMBERS];
	const char *text[MEMBERS]; /* NULL where it is not asked for */
	int64_t number[MEMBERS];
	uint64_t count;
	bool loose; /* members are asked for that we do not have */
	struct ends ends;
};

static bool is_ours(struct slice key)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (slice_is(key, keys[i]))
			return true;
	return false;
}

static bool read_check(struct peer_run *r, const struct json_value *match, struct check *c)
{
	struct slice key;
	struct json_value v;
	for (size_t i = 0; i < MEMBERS; i++)
		c->m[i].key = keys[i];
	if (json_read_object(match->raw, c->m, MEMBERS, NULL))
		return false;
	for (size_t i = 0; i < MEMBERS; i++) {
		c->text[i] = member_text(r->arena, &c->m[i].value);
		c->number[i] = member_number(&c->m[i].value);
	}
	struct cursor all = json_object(match);
	while (json_next_member(&all, &key, &v))
		if (!is_ours(key) && !slice_is(key, "community_id"))
			c->loose = true;
	c->ends = (struct ends){.a = address_of(c->text[SRC]),
				.b = address_of(c->text[DST]),
				.a_port = (int32_t)c->number[SPORT],
				.b_port = (int32_t)c->number[DPORT]};
	return c->text[EVENT] != NULL;
}

static bool port_fits(int32_t ours, int32_t theirs)
{
	return theirs < 0 || ours < 0 || ours == theirs;
}

static bool address_fits(const struct address *ours, const struct address *theirs)
{
	return theirs->family == ADDRESS_NONE || address_equal(ours, theirs);
}

/* From the one to the other; nothing asked for fits all. */
static bool ends_fit(const struct our_flow *f, const struct ends *e, bool turned)
{
	return address_fits(turned ? &f->dst : &f->src, &e->a) &&
	       port_fits(turned ? f->dport : f->sport, e->a_port) &&
	       address_fits(turned ? &f->src : &f->dst, &e->b) &&
	       port_fits(turned ? f->sport : f->dport, e->b_port);
}

static bool is_proto(const struct our_flow *f, const char *theirs)
{
	struct slice ours = slice_of_string(f->proto);
	bool ip = !slice_is(ours, "arp") && !slice_is(ours, "802.2") && !slice_starts(ours, "ethertype");
	if (!theirs || !ip)
		return ip;
	return slice_is_nocase(ours, theirs) ||
	       (!strcmp(theirs, "IPv6-ICMP") && slice_is(ours, "icmp6"));
}

static uint64_t count_flows(const struct ours *o, const struct check *c)
{
	uint64_t count = 0;
	for (size_t i = 0; i < o->flow_count; i++) {
		const struct our_flow *f = &o->flows[i];
		if (!is_proto(f, c->text[PROTO]) || !ends_fit(f, &c->ends, false))
			continue;
		if (c->number[PACKETS_OUT] >= 0 && f->packets[0] != (uint64_t)c->number[PACKETS_OUT])
			continue;
		if (c->number[PACKETS_IN] >= 0 && f->packets[1] != (uint64_t)c->number[PACKETS_IN])
			continue;
		count++;
	}
	return count;
}

static uint64_t count_queries(const struct ours *o, const struct check *c)
{
	const char *name = c->text[DNS_NAME] ? c->text[DNS_NAME] : c->text[DNS_OLD_NAME],
		   *type = c->text[DNS_QTYPE] ? c->text[DNS_QTYPE] : c->text[DNS_OLD_QTYPE];
	bool response = c->text[DNS_TYPE] &&
			(!strcmp(c->text[DNS_TYPE], "response") || !strcmp(c->text[DNS_TYPE], "answer"));
	uint64_t count = 0;
	for (size_t i = 0; i < o->query_count; i++) {
		const struct our_query *q = &o->queries[i];
		const struct our_flow f = {.src = q->client, .sport = q->sport, .dst = q->server, .dport = q->dport};
		if ((name && !same_name(q->name, name)) || (type && strcmp(q->type, type)) ||
		    (response && !*q->rcode) ||
		    (c->text[DNS_RCODE] && strcmp(q->rcode, c->text[DNS_RCODE])))
			continue;
		/* our row of a question holds its answer: theirs are two */
		unsigned rows = !c->text[DNS_TYPE] && *q->rcode ? 2 : 1;
		count += ends_fit(&f, &c->ends, false) || ends_fit(&f, &c->ends, true) ? rows : 0;
	}
	return count;
}

static uint64_t count_names(const struct ours *o, const struct check *c, const char *name,
			    const char *method, const char *how)
{
	uint64_t count = 0;
	for (size_t i = 0; i < o->name_count; i++) {
		const struct our_name *n = &o->names[i];
		if (!strstr(n->how, how) || (name && !same_name(n->name, name)) ||
		    (method && !strcmp(method, "CONNECT") && !strstr(n->how, "connect")))
			continue;
		for (size_t at = 0; at < o->flow_count; at++)
			if (o->flows[at].id == n->flow)
				count += ends_fit(&o->flows[at], &c->ends, false);
	}
	return count;
}

/* False: nothing here is like it. */
static bool count_ours(const struct ours *o, struct check *c, uint64_t *ret)
{
	const char *event = c->text[EVENT];
	if (!strcmp(event, "flow"))
		*ret = count_flows(o, c);
	else if (!strcmp(event, "dns"))
		*ret = count_queries(o, c);
	else if (!strcmp(event, "tls") && c->text[SNI])
		*ret = count_names(o, c, c->text[SNI], NULL, "sni");
	else if (!strcmp(event, "quic") && c->text[QUIC_SNI])
		*ret = count_names(o, c, c->text[QUIC_SNI], NULL, "sni");
	else if (c->text[JA4] || c->text[QUIC_JA4])
		*ret = has_detail(o, c->text[JA4] ? c->text[JA4] : c->text[QUIC_JA4]);
	else if (!strcmp(event, "http") && (c->text[HOST] || c->text[METHOD]))
		*ret = count_names(o, c, c->text[HOST], c->text[METHOD], "http");
	else
		return false;
	/* one name said twice on one flow is one row */
	if (strcmp(event, "flow") && strcmp(event, "dns") && *ret > 0 && c->count > 1)
		*ret = c->count;
	return true;
}

static void claim(struct peer_run *r, const struct json_value *match, struct check *c)
{
	uint64_t ours = 0;
	AUTO_TEXT struct text what = text_make(UNASKED_MAX);
	if (!read_check(r, match, c))
		return;
	text_add_printable(&what, match->raw, UNASKED_MAX - 64);
	bool known = count_ours(r->ours, c, &ours);
	if (!known || (c->loose && c->count == 0)) {
		tally_claim(r->tally, known ? c->text[EVENT] : "other", NOT_COMPARABLE, "%s",
			    text_string(&what));
		return;
	}
	bool same = c->loose || strcmp(c->text[EVENT], "flow") ? ours >= c->count : ours == c->count;
	const char *kind = !strcmp(c->text[EVENT], "flow")  ? "flow"
			   : !strcmp(c->text[EVENT], "dns") ? "dns"
			   : !strcmp(c->text[EVENT], "tls") ? "sni"
			   : c->text[QUIC_JA4]		    ? "ja4"
			   : c->text[QUIC_SNI]		    ? "quic"
							    : "http";
	tally_claim(r->tally, kind, same ? AGREES : DIFFERS, "%llu of %s | %llu",
		    (unsigned long long)c->count, text_string(&what), (unsigned long long)ours);
}

static bool is_for_newest(const struct json_value *requires)
{
	struct json_member m[] = {{.key = "min-version"}, {.key = "lt-version"}};
	if (requires->type != JSON_OBJECT || json_read_object(requires->raw, m, LENGTH(m), NULL))
		return true;
	int64_t below = member_number(&m[1].value);
	return m[1].value.type == JSON_ABSENT || below > NEWEST;
}

void peer_suricata(struct peer_run *r)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct json_member m[] = {{.key = "kind"}, {.key = "count"}, {.key = "requires"}, {.key = "match"}};
		struct check check = {.count = 0};
		if (json_read_object(line, m, LENGTH(m), NULL) || !slice_is(m[0].value.raw, "check") ||
		    m[3].value.type != JSON_OBJECT)
			continue;
		if (!json_u64(&m[1].value, UINT32_MAX, &check.count) || !is_for_newest(&m[2].value))
			continue;
		claim(r, &m[3].value, &check);
	}
}
