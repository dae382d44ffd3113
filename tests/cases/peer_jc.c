/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jc, which turns what netstat, lsof and /proc/net print into JSON, field by field.
 * Every connection in its answer must be one of our rows, and none may be over.
 */
#include "tests/cases/cases.h"

#include <stdio.h>
#include <string.h>

enum { NAMES = 2, LOCAL = 0, REMOTE = 1 };

enum member {
	KIND, TYPE, NAME, PID, PROGRAM, COMMAND, STATE, USER, UID, ENTRY, TRANSPORT,
	LOCAL_ADDRESS, LOCAL_PORT, FOREIGN_ADDRESS, FOREIGN_PORT, REMOTE_ADDRESS, REMOTE_PORT,
	MEMBERS
};

static const char *const keys[MEMBERS] = {
	[KIND] = "kind",	 [TYPE] = "type",	  [NAME] = "name",
	[PID] = "pid",		 [PROGRAM] = "program_name", [COMMAND] = "command",
	[STATE] = "state",	 [USER] = "user",	  [UID] = "uid",
	[ENTRY] = "entry",	 [TRANSPORT] = "transport_protocol",
	[LOCAL_ADDRESS] = "local_address",	[LOCAL_PORT] = "local_port",
	[FOREIGN_ADDRESS] = "foreign_address",	[FOREIGN_PORT] = "foreign_port",
	[REMOTE_ADDRESS] = "remote_address",	[REMOTE_PORT] = "remote_port",
};

/* What the peer says of one socket; NULL and -1 for what it does not. */
struct claim {
	const char *proto, *host[NAMES], *port[NAMES], *state, *process, *user;
	int64_t pid;
};

static const struct {
	const char *name, *ours;
} states[] = {
	{"ESTABLISHED", "ESTAB"}, {"LISTEN", "LISTEN"},	  {"CLOSE_WAIT", "CLOSE-WAIT"}, {"TIME_WAIT", "TIME-WAIT"},
	{"01", "ESTAB"},	  {"06", "TIME-WAIT"},	  {"0A", "LISTEN"},		{"7", "UNCONN"},
	{"07", "UNCONN"},
}, ports[] = {
	{"ssh", "22"},	     {"smtp", "25"},	{"https", "443"},	{"imaps", "993"},
	{"bootpc", "68"},    {"syslog", "514"}, {"ipv6-icmp", "58"},	{"mdns", "5353"},
	{"domain", "53"},    {"netbios-ns", "137"}, {"netbios-dgm", "138"},
};

static const char *as_ours(const char *word, bool port)
{
	for (size_t i = 0; port && i < LENGTH(ports); i++)
		if (!strcmp(ports[i].name, word))
			return ports[i].ours;
	for (size_t i = 0; !port && i < LENGTH(states); i++)
		if (!strcmp(states[i].name, word))
			return states[i].ours;
	return word;
}

static bool is_any(const char *host)
{
	struct address a = address_of(host), none = {.family = a.family};
	return !strcmp(host, "*") || !*host || (a.family != ADDRESS_NONE && address_equal(&a, &none));
}

static bool same_host(const char *theirs, const char *ours)
{
	struct address a = address_of(theirs), b = address_of(ours);
	if (a.family != ADDRESS_NONE && b.family != ADDRESS_NONE)
		return address_equal(&a, &b);
	return !strcmp(theirs, ours) || (is_any(theirs) && is_any(ours));
}

/* A service that has no number for us stands behind our host. */
static bool same_port(const char *theirs, int32_t ours, const char *host)
{
	char number[16];
	size_t size = strlen(theirs), all = strlen(host);
	snprintf(number, sizeof number, "%d", ours);
	if (!strcmp(theirs, "*") || !strcmp(theirs, "0"))
		return ours <= 0;
	return !strcmp(as_ours(theirs, true), number) ||
	       (all > size && host[all - size - 1] == ':' && !strcmp(host + all - size, theirs));
}

/* Without the service that stands behind it. */
static const char *bare_host(struct arena *arena, const char *host, int32_t port)
{
	const char *colon = strrchr(host, ':');
	struct address a = address_of(host);
	if (port >= 0 || a.family != ADDRESS_NONE || !colon)
		return host;
	const char *bare = arena_string(arena, slice_part(slice_of_string(host), 0, (size_t)(colon - host)));
	return bare ? bare : "";
}

static bool same_end(struct arena *arena, const struct claim *c, int which, const char *host, int32_t port)
{
	return same_host(c->host[which], bare_host(arena, host, port)) && same_port(c->port[which], port, host);
}

static bool has_peer(const struct claim *c)
{
	return c->host[REMOTE] && !(is_any(c->host[REMOTE]) && same_port(c->port[REMOTE], -1, ""));
}

static bool same_socket(struct arena *arena, const struct claim *c, const struct our_socket *s)
{
	if (c->proto && strcmp(c->proto, s->proto))
		return false;
	if (!same_end(arena, c, LOCAL, s->local, s->lport))
		return false;
	if (!has_peer(c))
		return s->remote[0] == 0 && s->rport < 0;
	return same_end(arena, c, REMOTE, s->remote, s->rport);
}

static bool same_state(const struct claim *c, const struct our_socket *s)
{
	return !c->state || !strcmp(as_ours(c->state, false), s->state);
}

static bool same_owner(const struct claim *c, const struct our_socket *s)
{
	bool root = c->user && !strcmp(c->user, "root");
	return c->pid == s->pid && (!c->process || !strcmp(c->process, s->process)) &&
	       (!root || s->uid == 0);
}

/* The row that fits best, not taken by a claim before. */
static struct our_socket *best_row(struct peer_run *r, const struct claim *c)
{
	struct our_socket *best = NULL;
	int most = -1;
	for (size_t i = 0; i < r->ours->socket_count; i++) {
		struct our_socket *s = &r->ours->sockets[i];
		if (s->used || !same_socket(r->arena, c, s))
			continue;
		int score = same_state(c, s) + same_owner(c, s);
		if (score > most) {
			most = score;
			best = s;
		}
	}
	return best;
}

static void compare(struct peer_run *r, const struct claim *c)
{
	char what[CASES_WHAT_MAX];
	struct our_socket *s = best_row(r, c);
	snprintf(what, sizeof what, "%s %s#%s > %s#%s %s %lld/%s", c->proto ? c->proto : "?", c->host[LOCAL],
		 c->port[LOCAL], c->host[REMOTE] ? c->host[REMOTE] : "", c->port[REMOTE] ? c->port[REMOTE] : "",
		 c->state ? c->state : "-", (long long)c->pid, c->process ? c->process : "");
	tally_claim(r->tally, "socket", s ? AGREES : DIFFERS, "%s", what);
	if (!s)
		return;
	s->used = true;
	tally_claim(r->tally, "state", !c->state ? NOT_COMPARABLE : same_state(c, s) ? AGREES : DIFFERS,
		    "%s | %s", what, s->state);
	tally_claim(r->tally, "owner", c->pid < 0 ? NOT_COMPARABLE : same_owner(c, s) ? AGREES : DIFFERS,
		    "%s | %lld/%s", what, (long long)s->pid, s->process);
}

/* "host:port" in two. */
static bool split(struct arena *arena, struct slice end, const char **ret_host, const char **ret_port)
{
	size_t at = end.size;
	while (at > 0 && end.at[at - 1] != ':')
		at--;
	if (at == 0)
		return false;
	*ret_host = arena_string(arena, slice_part(end, 0, at - 1));
	*ret_port = arena_string(arena, slice_part(end, at, end.size));
	return *ret_host && *ret_port;
}

/* Ends as the kernel writes them. Those of raw sockets in the cases are wildcards; any
 * other stays as it stands, and differs. */
static void plain_raw(struct arena *arena, const char **host, const char **port)
{
	char number[8];
	uint64_t value;
	if (strspn(*host, "0") == strlen(*host))
		*host = "*";
	if (!slice_hex_u64(slice_of_string(*port), UINT16_MAX, &value))
		return;
	snprintf(number, sizeof number, "%llu", (unsigned long long)value);
	*port = arena_string(arena, slice_of_string(number));
}

static void claim_of_raw(struct arena *arena, struct claim *ret)
{
	for (int i = 0; i < NAMES; i++)
		if (ret->host[i])
			plain_raw(arena, &ret->host[i], &ret->port[i]);
	ret->proto = "raw";
	ret->state = "07"; /* st=07 */
}

/* "a:1->b:2 (ESTABLISHED)"; of the node the peer makes null. */
static bool claim_of_lsof(struct arena *arena, struct slice name, struct claim *ret)
{
	struct cursor c = cursor_over(name);
	struct slice ends, state;
	if (!cursor_word(&c, name.size, &ends))
		return false;
	if (cursor_word(&c, name.size, &state) && state.size > 2)
		ret->state = arena_string(arena, slice_part(state, 1, state.size - 2));
	size_t arrow = slice_search(ends, SLICE("->"));
	if (arrow < ends.size && !split(arena, slice_part(ends, arrow + 2, ends.size), &ret->host[REMOTE],
					&ret->port[REMOTE]))
		return false;
	return split(arena, slice_part(ends, 0, arrow), &ret->host[LOCAL], &ret->port[LOCAL]);
}

static const char *word_or_number(struct arena *arena, const struct json_value *v)
{
	const char *text = member_text(arena, v);
	return text || v->type != JSON_NUMBER ? text : arena_string(arena, v->raw);
}

static void claim_of(struct peer_run *r, const struct json_value *entry)
{
	struct json_member m[MEMBERS];
	struct claim c = {.pid = -1};
	for (size_t i = 0; i < MEMBERS; i++)
		m[i].key = keys[i];
	if (json_read_object(entry->raw, m, MEMBERS, NULL))
		die("jc: an entry that is no object");
	const char *kind = member_text(r->arena, &m[KIND].value), *type = member_text(r->arena, &m[TYPE].value);
	bool raw = type && (!strcmp(type, "raw") || !strcmp(type, "raw6"));
	bool file = raw || (type && (!strcmp(type, "IPv4") || !strcmp(type, "IPv6")));
	bool proc = m[ENTRY].value.type != JSON_ABSENT;
	if (!file && !proc && (!kind || strcmp(kind, "network")))
		return; /* no connection */
	c.proto = proc ? "tcp" : member_text(r->arena, &m[TRANSPORT].value);
	if (c.proto && !strcmp(c.proto, "icm"))
		c.proto = "icmp";
	c.state = member_text(r->arena, &m[STATE].value);
	c.user = word_or_number(r->arena, &m[USER].value);
	c.pid = member_number(&m[PID].value);
	c.process = member_text(r->arena, file ? &m[COMMAND].value : &m[PROGRAM].value);
	c.host[LOCAL] = member_text(r->arena, &m[LOCAL_ADDRESS].value);
	c.port[LOCAL] = word_or_number(r->arena, &m[LOCAL_PORT].value);
	c.host[REMOTE] = member_text(r->arena, &m[proc ? REMOTE_ADDRESS : FOREIGN_ADDRESS].value);
	c.port[REMOTE] = word_or_number(r->arena, &m[proc ? REMOTE_PORT : FOREIGN_PORT].value);
	const char *name = member_text(r->arena, &m[NAME].value);
	if (file && !(name && claim_of_lsof(r->arena, slice_of_string(name), &c)))
		die("jc: a name of lsof that cannot be read");
	if (raw)
		claim_of_raw(r->arena, &c);
	if (c.host[LOCAL] && c.port[LOCAL])
		compare(r, &c);
	else
		tally_claim(r->tally, "socket", NOT_COMPARABLE, "no addresses");
}

void peer_jc(struct peer_run *r)
{
	struct json_value all, entry;
	size_t entries = 0, over = 0;
	const char *problem = json_read(r->answer, &all, NULL);
	if (problem)
		die("jc: %s", problem);
	if (all.type == JSON_OBJECT) {
		claim_of(r, &all);
		return;
	}
	struct cursor c = json_array(&all);
	for (; json_next(&c, &entry); entries++)
		claim_of(r, &entry);
	for (size_t i = 0; i < r->ours->socket_count; i++)
		over += !r->ours->sockets[i].used;
	tally_claim(r->tally, "no more", over == 0 ? AGREES : DIFFERS, "%zu entries | %zu rows over", entries,
		    over);
}
