/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tshark's answer to a capture: one object. Tunnels make lists of addresses with
 * "|" between them while the ports are the innermost, so that each place is tried.
 */
#include "tests/cases/cases.h"

#include "ingest/capture/dns.h"

#include <string.h>

enum { PLACES_MAX = 8, FIELDS_MAX = 4 };

static size_t places_of(const char *list, struct address ret[PLACES_MAX])
{
	struct cursor c = cursor_over(slice_of_string(list));
	size_t count = 0;
	char text[ADDRESS_TEXT_MAX];
	while (count < PLACES_MAX) {
		struct slice one;
		bool more = cursor_until(&c, '|', ADDRESS_TEXT_MAX, &one);
		if (!more)
			one = cursor_rest(&c);
		ret[count] = (struct address){.family = ADDRESS_NONE};
		if (slice_to_string(one, text, sizeof text))
			ret[count] = address_of(text);
		count++;
		if (!more)
			break;
	}
	return count;
}

static void claim_packets(struct peer_run *r, const struct json_member *m, const struct ends *e,
			  struct our_flow *f)
{
	bool turned = false;
	int64_t out = member_number(&m[5].value), in = member_number(&m[6].value);
	f->used = true;
	(void)same_ends(f, e, &turned);
	bool same = f->packets[turned] == (uint64_t)out && f->packets[!turned] == (uint64_t)in;
	tally_claim(r->tally, "packets", same ? AGREES : DIFFERS, "%s: %lld %lld | %llu %llu",
		    ends_text(r->arena, e), (long long)out, (long long)in,
		    (unsigned long long)f->packets[turned], (unsigned long long)f->packets[!turned]);
}

static void claim_conversation(struct peer_run *r, const struct json_value *v)
{
	struct json_member m[] = {{.key = "proto"}, {.key = "a"},   {.key = "a_port"}, {.key = "b"},
				  {.key = "b_port"}, {.key = "a2b"}, {.key = "b2a"}};
	struct address a[PLACES_MAX], b[PLACES_MAX];
	struct our_flow *f = NULL;
	struct ends e = {.proto = NULL};
	if (json_read_object(v->raw, m, LENGTH(m), NULL))
		return;
	const char *a_list = member_text(r->arena, &m[1].value),
		   *b_list = member_text(r->arena, &m[3].value);
	if (!a_list || !b_list)
		return;
	size_t places = places_of(a_list, a), others = places_of(b_list, b);
	if (others < places)
		places = others;
	for (size_t i = places; i > 0 && !f; i--) {
		e = (struct ends){member_text(r->arena, &m[0].value), a[i - 1], b[i - 1],
				  (int32_t)member_number(&m[2].value),
				  (int32_t)member_number(&m[4].value)};
		f = best_flow(r->ours, &e, NULL);
	}
	bool address = a[0].family != ADDRESS_NONE;
	tally_claim(r->tally, "flow", !address ? NOT_COMPARABLE : f ? AGREES : DIFFERS,
		    "%s %s#%lld > %s#%lld", e.proto, a_list, (long long)member_number(&m[2].value), b_list,
		    (long long)member_number(&m[4].value));
	if (f && places == 1)
		claim_packets(r, m, &e, f);
}

/* The values of one row as text; one that is no array is its only value. */
static size_t fields_of(struct peer_run *r, const struct json_value *row,
			const char *ret[FIELDS_MAX])
{
	if (row->type != JSON_ARRAY) {
		ret[0] = member_text(r->arena, row);
		return ret[0] ? 1 : 0;
	}
	struct cursor c = json_array(row);
	struct json_value v;
	size_t count = 0;
	while (count < FIELDS_MAX && json_next(&c, &v)) {
		const char *text = member_text(r->arena, &v);
		ret[count++] = text ? text : arena_string(r->arena, v.raw);
	}
	return count;
}

/* Every time it was asked, not only once. */
static bool asked_in(const struct ours *o, const char *name, const char *packet)
{
	uint64_t number = 0;
	bool found = false;
	if (!slice_u64(slice_of_string(packet), UINT32_MAX, &number))
		return false;
	for (size_t i = 0; i < o->query_count && !found; i++)
		found = o->queries[i].packet == (int64_t)number && same_name(o->queries[i].name, name);
	return found;
}

static void claim_query(struct peer_run *r, const char *const fields[])
{
	char buffer[DNS_TYPE_TEXT_MAX];
	uint64_t number = 0;
	const char *name = !strcmp(fields[2], "<Root>") ? "." : fields[2];
	if (!slice_u64(slice_of_string(fields[3]), UINT16_MAX, &number) || !*name) {
		tally_claim(r->tally, "dns", NOT_COMPARABLE, "%s", fields[2]);
		return;
	}
	const char *type = dns_type_text((uint16_t)number, buffer);
	bool found = has_query(r->ours, NULL, name, type);
	tally_claim(r->tally, "dns", found ? AGREES : DIFFERS, "packet %s %s %s", fields[0], name, type);
	if (found && !strcmp(fields[1], "false"))
		tally_claim(r->tally, "dns packet", asked_in(r->ours, name, fields[0]) ? AGREES : DIFFERS,
			    "packet %s %s %s", fields[0], name, type);
}

static void claim_sni(struct peer_run *r, const char *const fields[])
{
	const char *kind = !strcmp(fields[2], "quic") ? "quic" : "sni";
	tally_claim(r->tally, kind, has_name(r->ours, NULL, fields[1], "sni") ? AGREES : DIFFERS,
		    "packet %s %s", fields[0], fields[1]);
}

/* SSDP is HTTP over UDP to a group: the group is no name of anybody. */
static void claim_host(struct peer_run *r, const char *const fields[])
{
	char host[CASES_NAME_MAX];
	struct slice all = slice_of_string(fields[1]);
	struct slice plain = slice_part(all, 0, slice_find(all, ':'));
	bool found = has_name(r->ours, NULL, fields[1], "http") ||
		     (slice_to_string(plain, host, sizeof host) && has_name(r->ours, NULL, host, "http"));
	bool ssdp = slice_ends(all, ":1900");
	tally_claim(r->tally, ssdp ? "ssdp" : "http",
		    found	? AGREES
		    : ssdp	? NOT_COMPARABLE
				: DIFFERS,
		    "packet %s %s", fields[0], fields[1]);
}

static void each(struct peer_run *r, const struct json_value *list, size_t wanted,
		 void (*claim)(struct peer_run *r, const char *const fields[]))
{
	struct json_value row;
	if (list->type != JSON_ARRAY)
		return;
	struct cursor c = json_array(list);
	while (json_next(&c, &row)) {
		const char *fields[FIELDS_MAX] = {0};
		if (fields_of(r, &row, fields) == wanted)
			claim(r, fields);
	}
}

/* The comments of ptcpdump: "PID: 1\\nCmd: /usr/bin/curl\\nArgs: …". */
static void claim_comment(struct peer_run *r, const char *const fields[])
{
	struct slice all = slice_of_string(fields[1]);
	uint64_t pid = 0;
	size_t at = slice_search(all, SLICE("PID: "));
	struct slice digits = slice_part(all, at + 5, all.size);
	digits = slice_part(digits, 0, slice_find(digits, '\\'));
	bool told = at == 0 && slice_u64(digits, UINT32_MAX, &pid), found = false;
	for (size_t i = 0; i < r->ours->flow_count; i++) {
		const struct our_flow *f = &r->ours->flows[i];
		const char *base = strrchr(f->process, '/');
		found = found || (f->pid == (int64_t)pid && *f->process &&
				  strstr(fields[1], base ? base + 1 : f->process));
	}
	tally_claim(r->tally, "process", !told ? NOT_COMPARABLE : found ? AGREES : DIFFERS,
		    "packet %s pid %llu", fields[0], (unsigned long long)pid);
}

static void claim_vlan(struct peer_run *r, const char *const fields[])
{
	tally_claim(r->tally, "vlan", NOT_COMPARABLE, "%s", fields[0]);
}

void peer_tshark(struct peer_run *r)
{
	struct json_member m[] = {{.key = "frames"},	    {.key = "conversations"}, {.key = "dns"},
				  {.key = "sni"},	    {.key = "http_hosts"},    {.key = "comments"},
				  {.key = "vlans"}};
	if (json_read_object(r->answer, m, LENGTH(m), NULL))
		return;
	int64_t frames = member_number(&m[0].value);
	if (frames >= 0)
		tally_claim(r->tally, "frames", (uint64_t)frames == r->ours->records ? AGREES : DIFFERS,
			    "%lld packets | %llu", (long long)frames,
			    (unsigned long long)r->ours->records);
	struct json_value v;
	if (m[1].value.type == JSON_ARRAY) {
		struct cursor c = json_array(&m[1].value);
		while (json_next(&c, &v))
			claim_conversation(r, &v);
	}
	each(r, &m[2].value, 4, claim_query);
	each(r, &m[3].value, 3, claim_sni);
	each(r, &m[4].value, 2, claim_host);
	each(r, &m[5].value, 2, claim_comment);
	each(r, &m[6].value, 1, claim_vlan);
}
