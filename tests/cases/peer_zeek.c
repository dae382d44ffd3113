/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Zeek's logs as JSON lines: kind "conn", "dns", "ssl", "quic", "http", "tunnel",
 * "weird". Rows of one test stand together; two tests may tell the same connection.
 */
#include "tests/cases/zeek_row.h"

#include <string.h>

static bool same_row_ends(const struct ends *a, const struct ends *b)
{
	return address_equal(&a->a, &b->a) && address_equal(&a->b, &b->b) && a->a_port == b->a_port &&
	       a->b_port == b->b_port && a->proto && b->proto && !strcmp(a->proto, b->proto);
}

/* All rows of one test between two ends together. */
static void add_theirs(struct peer_run *r, const struct zeek_row *like, uint64_t sums[2])
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	struct zeek_row row;
	while (cursor_line(&c, &line, NULL)) {
		if (!zeek_row(r, line, &row) || !slice_is(row.members[KIND].value.raw, "conn") ||
		    !zeek_same(&row, like, TEST) ||
		    !same_row_ends(&row.ends, &like->ends))
			continue;
		int64_t out = zeek_number(&row, ORIG_BYTES), in = zeek_number(&row, RESP_BYTES);
		sums[0] += out > 0 ? (uint64_t)out : 0;
		sums[1] += in > 0 ? (uint64_t)in : 0;
	}
}

/* Idle times may cut a flow in two at one of us and not at the other. */
static bool same_sums(struct peer_run *r, const struct zeek_row *row)
{
	uint64_t ours[2] = {0}, theirs[2] = {0};
	const struct ours *o = r->ours;
	for (size_t i = 0; i < o->flow_count; i++) {
		bool turned;
		if (!same_ends(&o->flows[i], &row->ends, &turned))
			continue;
		ours[0] += o->flows[i].bytes[turned];
		ours[1] += o->flows[i].bytes[!turned];
	}
	add_theirs(r, row, theirs);
	return ours[0] == theirs[0] && ours[1] == theirs[1];
}

static void claim_bytes(struct peer_run *r, const struct zeek_row *row, const struct our_flow *f,
			bool turned)
{
	int64_t out = zeek_number(row, ORIG_BYTES), in = zeek_number(row, RESP_BYTES);
	const char *text = ends_text(r->arena, &row->ends), *state = zeek_text(r, row, STATE);
	/* of a transport that it does not know Zeek counts none */
	bool unknown = slice_is(row->members[PROTO].value.raw, "unknown_transport");
	if (out < 0 || in < 0 || unknown) {
		tally_claim(r->tally, "bytes", NOT_COMPARABLE, "%s", text);
		return;
	}
	bool same = f->bytes[turned] == (uint64_t)out && f->bytes[!turned] == (uint64_t)in;
	tally_claim(r->tally, "bytes",
		    same || same_sums(r, row) ? AGREES : DIFFERS,
		    "%s %s: %lld %lld, missed %lld | %llu %llu %s", text, state ? state : "-",
		    (long long)out, (long long)in, (long long)zeek_number(row, MISSED),
		    (unsigned long long)f->bytes[turned], (unsigned long long)f->bytes[!turned],
		    f->state);
}

/* Where a tunnel has no ports Zeek writes 0. */
static void open_ports(struct ends *e)
{
	if (e->a_port == 0 || e->b_port == 0)
		e->a_port = -1;
	if (e->b_port == 0)
		e->b_port = -1;
}

/* Tunnels over UDP stand in the log of connections, those over IP in their own. */
static bool carries(struct peer_run *r, const struct zeek_row *like, struct slice uid,
		    const struct our_flow *outer)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	struct zeek_row row;
	bool turned;
	while (cursor_line(&c, &line, NULL)) {
		if (!zeek_row(r, line, &row) ||
		    !zeek_same(&row, like, TEST) ||
		    !slice_equal(row.members[UID].value.raw, uid))
			continue;
		open_ports(&row.ends);
		return same_ends(outer, &row.ends, &turned);
	}
	return false;
}

/* What is in a tunnel is tied to one of the flows that Zeek saw carry it. */
static void claim_outer(struct peer_run *r, const struct zeek_row *row, const struct our_flow *f)
{
	const struct json_value *parents = &row->members[PARENTS].value;
	const struct our_flow *outer = flow_of(r->ours, f->outer);
	bool tied = false;
	if (parents->type != JSON_ARRAY)
		return;
	struct cursor c = json_array(parents);
	struct json_value uid;
	while (!tied && outer && json_next(&c, &uid))
		tied = carries(r, row, uid.raw, outer);
	tally_claim(r->tally, "in tunnel", tied ? AGREES : DIFFERS, "%s",
		    ends_text(r->arena, &row->ends));
}

/* Zeek's states in our words; NULL: it may be any. */
static const struct {
	const char *theirs, *ours;
} states[] = {
	{"S0", "syn_sent"},    {"S1", "established"}, {"S2", "established"}, {"S3", "established"},
	{"SF", "closed"},      {"REJ", "refused"},    {"RSTO", "reset"},     {"RSTR", "reset"},
	{"RSTOS0", "reset"},   {"RSTRH", "reset"},    {"OTH", "midstream"},
};

static void claim_state(struct peer_run *r, const struct zeek_row *row, const struct our_flow *f)
{
	const char *state = zeek_text(r, row, STATE);
	if (!state || !row->ends.proto || strcmp(row->ends.proto, "tcp"))
		return;
	for (size_t i = 0; i < LENGTH(states); i++)
		if (!strcmp(states[i].theirs, state)) {
			tally_claim(r->tally, "state", strcmp(states[i].ours, f->state) ? DIFFERS : AGREES,
				    "%s %s | %s", ends_text(r->arena, &row->ends), state, f->state);
			return;
		}
	tally_claim(r->tally, "state", NOT_COMPARABLE, "%s", state);
}

static void claim_flow(struct peer_run *r, struct zeek_row *row)
{
	bool turned = false;
	const uint64_t bytes[] = {(uint64_t)zeek_number(row, ORIG_BYTES),
				  (uint64_t)zeek_number(row, RESP_BYTES)};
	const char *text = ends_text(r->arena, &row->ends);
	struct our_flow *f = best_flow(r->ours, &row->ends, bytes);
	tally_claim(r->tally, "flow", f ? AGREES : DIFFERS, "%s", text);
	if (!f)
		return;
	f->used = true;
	(void)same_ends(f, &row->ends, &turned);
	tally_claim(r->tally, "direction", turned ? DIFFERS : AGREES, "%s %s | %s", text,
		    zeek_text(r, row, STATE), f->state);
	claim_bytes(r, row, f, turned);
	claim_outer(r, row, f);
	claim_state(r, row, f);
	int64_t out = zeek_number(row, ORIG_PACKETS), in = zeek_number(row, RESP_PACKETS);
	bool same = f->packets[turned] == (uint64_t)out && f->packets[!turned] == (uint64_t)in;
	tally_claim(r->tally, "packets", same ? AGREES : DIFFERS, "%s: %lld %lld | %llu %llu", text,
		    (long long)out, (long long)in, (unsigned long long)f->packets[turned],
		    (unsigned long long)f->packets[!turned]);
}

static const struct our_query *query_of(const struct ours *o, const char *name, const char *rcode)
{
	for (size_t i = 0; i < o->query_count; i++)
		if (same_name(o->queries[i].name, name) && !strcmp(o->queries[i].rcode, rcode))
			return &o->queries[i];
	return NULL;
}

static void claim_query(struct peer_run *r, struct zeek_row *row)
{
	const char *name = zeek_text(r, row, QUERY), *type = zeek_text(r, row, QUERY_TYPE),
		   *rcode = zeek_text(r, row, RCODE), *original = zeek_text(r, row, ORIGINAL_QUERY);
	const char *text = ends_text(r->arena, &row->ends);
	if (!name) {
		tally_claim(r->tally, "dns", NOT_COMPARABLE, "%s", text);
		return;
	}
	/* one row of Zeek's, "*" for "ANY" */
	bool found = has_query(r->ours, &row->ends, name, type && strcmp(type, "*") ? type : NULL);
	tally_claim(r->tally, "dns", found ? AGREES : DIFFERS, "%s %s %s", text, name, type);
	if (original)
		tally_claim(r->tally, "dns", has_query(r->ours, &row->ends, original, NULL) ? AGREES : DIFFERS,
			    "%s %s", text, original);
	if (rcode)
		tally_claim(r->tally, "dns-rcode", query_of(r->ours, name, rcode) ? AGREES : DIFFERS,
			    "%s %s %s", text, name, rcode);
}

static void claim_name(struct peer_run *r, struct zeek_row *row, const char *kind, enum zeek_member m,
		       const char *how)
{
	const char *name = zeek_text(r, row, m), *text = ends_text(r->arena, &row->ends);
	tally_claim(r->tally, kind,
		    !name ? NOT_COMPARABLE
		    : has_name(r->ours, &row->ends, name, how) ? AGREES : DIFFERS,
		    "%s %s", text, name ? name : "-");
}

/* The flow that carries the tunnel. */
static void claim_tunnel(struct peer_run *r, struct zeek_row *row)
{
	open_ports(&row->ends);
	tally_claim(r->tally, "tunnel", best_flow(r->ours, &row->ends, NULL) ? AGREES : DIFFERS, "%s",
		    ends_text(r->arena, &row->ends));
}

static void claim_row(struct peer_run *r, const char *kind, struct zeek_row *row)
{
	if (!strcmp(kind, "conn"))
		claim_flow(r, row);
	else if (!strcmp(kind, "dns"))
		claim_query(r, row);
	else if (!strcmp(kind, "ssl"))
		claim_name(r, row, "sni", SERVER_NAME, "sni");
	else if (!strcmp(kind, "quic"))
		claim_name(r, row, "quic", SERVER_NAME, "sni");
	else if (!strcmp(kind, "http"))
		claim_name(r, row, "http", HOST, "http");
	else if (!strcmp(kind, "tunnel"))
		claim_tunnel(r, row);
	else if (!strcmp(kind, "weird"))
		tally_claim(r->tally, "weird", NOT_COMPARABLE, "%s", zeek_text(r, row, NAME));
}

static void new_group(struct peer_run *r, const char **test, const char *now)
{
	if (*test && !strcmp(*test, now))
		return;
	*test = now;
	for (size_t i = 0; i < r->ours->flow_count; i++)
		r->ours->flows[i].used = false;
}

void peer_zeek(struct peer_run *r)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	const char *test = NULL;
	while (cursor_line(&c, &line, NULL)) {
		struct zeek_row row;
		if (!zeek_row(r, line, &row))
			continue;
		const char *kind = zeek_text(r, &row, KIND), *now = zeek_text(r, &row, TEST);
		if (now && !strcmp(kind, "conn"))
			new_group(r, &test, now);
		if (kind)
			claim_row(r, kind, &row);
	}
}
