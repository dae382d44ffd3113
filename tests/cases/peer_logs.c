/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Firewall logs. CrowdSec's parser tests: JSON lines, each one thing that was found in
 * the line `index` of the log,
 *
 *   {"stage":"s01-parse","parser":"…","index":0,"kind":"Parsed","key":"src_ip","value":"…"}
 *
 * its scenario tests (assertions in words), and the Windows Firewall's log, whose own
 * heading says which column is which.
 */
#include "tests/cases/cases.h"

#include "core/clock.h"

#include <string.h>

enum { VALUE_MAX = 512, COLUMNS_MAX = 32 };

static const struct our_event *event_at(const struct ours *o, int64_t line)
{
	for (size_t i = 0; i < o->event_count; i++)
		if (o->events[i].line == line)
			return &o->events[i];
	return NULL;
}

enum what { SRC, DST, SPORT, DPORT, PROTO, ACTION, DIRECTION, TIME };

static const char *const kinds[] = {"source", "destination", "source port", "port",
				    "protocol", "disposition", "direction", "time"};

/* pass, ALLOW and OPEN let it through; block and DROP do not. */
static bool same_action(const char *ours, const char *theirs)
{
	bool through = !strcmp(theirs, "pass") || !strcmp(theirs, "ALLOW") || !strcmp(theirs, "OPEN");
	return !strcmp(ours, through ? "allowed" : "blocked");
}

static bool same_direction(const char *ours, const char *theirs)
{
	if (!strcmp(theirs, "RECEIVE") || !strcmp(theirs, "input"))
		theirs = "in";
	if (!strcmp(theirs, "SEND") || !strcmp(theirs, "output"))
		theirs = "out";
	return !strcmp(ours, theirs);
}

static bool same_time(int64_t ours, const char *theirs)
{
	int64_t ns = 0;
	return clock_parse(slice_of_string(theirs), &ns) && ns == ours;
}

static bool same(const struct our_event *e, enum what what, const char *theirs)
{
	const struct address address = address_of(theirs);
	uint64_t port = 0;
	bool number = slice_u64(slice_of_string(theirs), UINT16_MAX, &port);
	switch (what) {
	case SRC:
		return address_equal(&e->src, &address);
	case DST:
		return address_equal(&e->dst, &address);
	case SPORT:
		return number && (e->sport < 0 ? 0 : e->sport) == (int32_t)port;
	case DPORT:
		return number && (e->dport < 0 ? 0 : e->dport) == (int32_t)port;
	case PROTO:
		return same_name(e->proto, theirs);
	case ACTION:
		return same_action(e->disposition, theirs);
	case DIRECTION:
		return same_direction(e->direction, theirs);
	case TIME:
		return same_time(e->time_ns, theirs);
	}
	return false;
}

static void claim(struct peer_run *r, int64_t line, enum what what, const char *theirs)
{
	const struct our_event *e = event_at(r->ours, line);
	bool agrees = e && same(e, what, theirs);
	tally_claim(r->tally, kinds[what], agrees ? AGREES : DIFFERS, "line %lld: %s | %s", (long long)line, theirs,
		    e ? "an entry that says other" : "no entry");
}

/* Which line it is about is not said: any entry will do. */
static void claim_any(struct peer_run *r, enum what what, const char *theirs)
{
	bool found = false;
	for (size_t i = 0; i < r->ours->event_count && !found; i++)
		found = same(&r->ours->events[i], what, theirs);
	tally_claim(r->tally, kinds[what], found ? AGREES : DIFFERS, "%s | no entry has it", theirs);
}

/* Whether that line is about a connection for the peer: it found a destination. Each
 * stage counts by itself, of those that came so far. */
static bool is_connection(struct slice all, struct slice stage, int64_t index)
{
	struct cursor c = cursor_over(all);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct json_member m[] = {{.key = "index"}, {.key = "key"}, {.key = "value"}, {.key = "stage"}};
		if (!json_read_object(line, m, LENGTH(m), NULL) && member_number(&m[0].value) == index &&
		    slice_equal(m[3].value.raw, stage) &&
		    (slice_is(m[1].value.raw, "dst_ip") ||
		     (slice_is(m[1].value.raw, "program") && slice_is(m[2].value.raw, "filterlog"))))
			return true;
	}
	return false;
}

void peer_crowdsec(struct peer_run *r)
{
	static const struct {
		const char *key;
		enum what what;
	} keys[] = {
		{"src_ip", SRC},   {"source_ip", SRC},	 {"dst_ip", DST},     {"src_port", SPORT},
		{"dst_port", DPORT}, {"proto", PROTO},	 {"ip4_proto", PROTO}, {"ip6_proto", PROTO},
		{"action", ACTION}, {"direction", DIRECTION}, {"chain", DIRECTION}, {"MarshaledTime", TIME},
	};
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct json_member m[] = {{.key = "index"}, {.key = "key"}, {.key = "value"}, {.key = "stage"}};
		if (json_read_object(line, m, LENGTH(m), NULL))
			continue;
		bool enriched = slice_is(m[3].value.raw, "s02-enrich");
		int64_t index = member_number(&m[0].value);
		const char *value = member_text(r->arena, &m[2].value);
		for (size_t i = 0; i < LENGTH(keys) && value; i++)
			if (slice_is(m[1].value.raw, keys[i].key) && enriched == (keys[i].what == TIME) &&
			    is_connection(r->answer, m[3].value.raw, index))
				enriched ? claim_any(r, TIME, value) : claim(r, index + 1, keys[i].what, value);
	}
}

/* The text between `before` and the next quotation mark. */
static bool quoted_behind(struct slice line, const char *before, char ret[static VALUE_MAX])
{
	struct slice front = slice_of_string(before), value;
	size_t at = slice_search(line, front);
	struct cursor c = cursor_over(slice_part(line, at + front.size, line.size));
	return at < line.size && cursor_until(&c, '"', VALUE_MAX, &value) && slice_to_string(value, ret, VALUE_MAX);
}

void peer_crowdsec_alerts(struct peer_run *r)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	char value[VALUE_MAX];
	while (cursor_line(&c, &line, NULL)) {
		if (quoted_behind(line, "GetMeta(\"source_ip\") == \"", value))
			claim_any(r, SRC, value);
		if (quoted_behind(line, "GetMeta(\"service\") == \"", value))
			claim_any(r, PROTO, value);
		if (quoted_behind(line, "GetMeta(\"timestamp\") == \"", value))
			claim_any(r, TIME, value);
	}
}

/* Words between blanks. */
static size_t split(struct arena *arena, struct slice line, const char *ret[static COLUMNS_MAX])
{
	struct cursor c = cursor_over(line);
	struct slice word;
	size_t n = 0;
	while (n < COLUMNS_MAX && cursor_word(&c, line.size, &word))
		ret[n++] = arena_string(arena, word);
	return n;
}

static void claim_row(struct peer_run *r, int64_t line, const char *const names[], const char *const row[], size_t count)
{
	static const struct {
		const char *name;
		enum what what;
	} columns[] = {{"src-ip", SRC},	    {"dst-ip", DST},	 {"src-port", SPORT}, {"dst-port", DPORT},
		       {"protocol", PROTO}, {"action", ACTION}, {"path", DIRECTION}};
	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < LENGTH(columns); i++)
			if (!strcmp(names[n], columns[i].name) && strcmp(row[n], "-") != 0)
				claim(r, line, columns[i].what, row[n]);
}

void peer_w3c(struct peer_run *r)
{
	const char *names[COLUMNS_MAX] = {0}, *row[COLUMNS_MAX] = {0};
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	size_t count = 0;
	for (int64_t n = 1; cursor_line(&c, &line, NULL); n++) {
		struct slice front = SLICE("#Fields:");
		if (slice_starts(line, "#Fields:"))
			count = split(r->arena, slice_part(line, front.size, line.size), names);
		else if (count > 2 && split(r->arena, line, row) >= count &&
			 (!strcmp(row[2], "DROP") || !strcmp(row[2], "OPEN")))
			claim_row(r, n, names, row, count);
	}
}
