/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/app_event.h"

#include "core/address.h"
#include "core/clock.h"
#include "core/text.h"

#include <stdlib.h>

const char *app_disposition(struct slice word)
{
	static const struct {
		const char *word, *disposition;
	} words[] = {
		{"allowed", "allowed"},	 {"allow", "allowed"},	   {"permitted", "allowed"},
		{"permit", "allowed"},	 {"accepted", "allowed"},  {"accept", "allowed"},
		{"connected", "allowed"}, {"ok", "allowed"},	   {"success", "allowed"},
		{"blocked", "blocked"},	 {"block", "blocked"},	   {"denied", "blocked"},
		{"deny", "blocked"},	 {"dropped", "blocked"},   {"drop", "blocked"},
		{"rejected", "blocked"}, {"reject", "blocked"},	   {"refused", "blocked"},
		{"prevented", "blocked"},
	};
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_is_nocase(word, words[i].word))
			return words[i].disposition;
	return NULL;
}

void app_split_port(struct slice *host, uint64_t *port)
{
	struct slice all = *host;
	size_t colon = all.size;
	while (colon > 0 && all.at[colon - 1] != ':')
		colon--;
	if (colon < 2 || !slice_u64(slice_part(all, colon, all.size), 65535, port))
		return;
	struct slice before = slice_part(all, 0, colon - 1);
	bool bracketed = before.size > 2 && before.at[0] == '[' && before.at[before.size - 1] == ']';
	if (bracketed)
		before = slice_part(before, 1, before.size - 2);
	else if (slice_find(before, ':') < before.size) {
		*port = 0; /* a bare IPv6 address */
		return;
	}
	*host = before;
}

bool app_is_host(struct slice word)
{
	struct address address;
	if (address_parse(word, &address))
		return true;
	if (word.size == 0 || word.size > APP_HOST_MAX)
		return false;
	for (size_t i = 0; i < word.size; i++) {
		unsigned char c = word.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_')
			return false;
	}
	return true;
}

struct slice app_proto(struct slice word)
{
	static const struct {
		const char *name, *number, *plain;
	} known[] = {
		{"tcp", "6", "tcp"},	   {"udp", "17", "udp"},     {"icmp", "1", "icmp"},
		{"icmpv6", "58", "icmp6"}, {"icmp6", "58", "icmp6"}, {"ipv6-icmp", "58", "icmp6"},
		{"tcp6", "6", "tcp"},	   {"udp6", "17", "udp"},    {"sctp", "132", "sctp"},
		{"udplite", "136", "udplite"},
	};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is_nocase(word, known[i].name) || slice_is(word, known[i].number))
			return slice_of_string(known[i].plain);
	return word;
}

struct counts {
	uint64_t lines, events, other, unread;
	uint64_t twice, never; /* times within a change of the clocks */
	unsigned flags;        /* LOG_TIME_ of all events */
};

static void put_address(struct row_stream *q, int at, struct slice text)
{
	struct address address;
	char plain[ADDRESS_TEXT_MAX];
	if (!text.size || !address_parse(text, &address))
		return;
	address_text(&address, plain);
	row_text(q, at, plain);
}

static void put_destination(struct row_stream *q, const struct app_line *a)
{
	struct address address;
	char dst[ADDRESS_TEXT_MAX];
	if (address_parse(a->host, &address)) {
		address_text(&address, dst);
		row_text(q, 7, dst);
		return;
	}
	if (a->host.size)
		row_slice(q, 6, a->host);
	put_address(q, 7, a->dst);
}

static enum status insert(struct ingest *to, const struct app_line *a, uint64_t line,
			  struct slice text, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_APP_EVENT_INSERT);
	row_i64(q, 1, to->app_log);
	row_i64(q, 2, (int64_t)line);
	row_i64(q, 3, a->time_ns);
	if (a->process.size)
		row_slice(q, 4, a->process);
	if (a->pid)
		row_i64(q, 5, (int64_t)a->pid);
	put_destination(q, a);
	if (a->port)
		row_i64(q, 8, (int64_t)a->port);
	if (a->proto.size)
		row_slice(q, 9, a->proto);
	row_text(q, 10, a->disposition);
	row_slice(q, 11, text);
	put_address(q, 12, a->src);
	if (a->sport)
		row_i64(q, 13, (int64_t)a->sport);
	row_text(q, 14, a->direction);
	if (a->count) {
		row_i64(q, 15, (int64_t)a->count);
		if (a->until_ns > a->time_ns)
			row_i64(q, 16, a->until_ns);
	}
	return row_end(q, err);
}

static void count_event(struct counts *c, unsigned time_flags)
{
	c->events++;
	c->flags |= time_flags;
	c->twice += (time_flags & LOG_TIME_TWICE) != 0;
	c->never += (time_flags & LOG_TIME_NEVER) != 0;
}

static enum status read_line(struct ingest *to, const struct app_parser *parser, struct app_line *a,
			     struct slice line, bool too_long, uint64_t number,
			     struct counts *c, struct error *err)
{
	c->lines++;
	enum app_kind kind = APP_UNREAD;
	a->problem = "longer than any line of a log";
	a->dst = a->src = slice_of(NULL, 0);
	a->sport = 0;
	a->line = number;
	a->direction = NULL;
	if (!too_long)
		kind = parser->line(parser->with, line, a);
	switch (kind) {
	case APP_EVENT:
		count_event(c, a->time_flags);
		return insert(to, a, number, line, err);
	case APP_OTHER:
		c->other++;
		return OK;
	case APP_UNREAD:
		break;
	}
	c->unread++;
	return ingest_skip(to, a->problem, number, line, err);
}

/* Lines that what belongs to them never came to. */
static enum status read_late(struct ingest *to, const struct app_parser *parser, bool at_end, struct counts *c,
			     struct error *err)
{
	struct app_late late;
	enum status status = OK;
	while (!status && parser->late && parser->late(parser->with, at_end, &late)) {
		if (late.line == 0)
			continue;
		c->other--;
		c->unread++;
		status = ingest_skip(to, late.problem, late.line, late.text, err);
	}
	return status;
}

/* What the times of the log rest on, in words. */
static void describe_zone(const struct counts *c, const struct app_zone *zone, struct text *ret)
{
	if (c->flags & LOG_TIME_LOCAL)
		text_add_string(ret, zone->why);
	if (c->flags & LOG_TIME_STATED)
		text_addf(ret, "%sits times tell it", ret->size ? "; some of " : "");
	if (c->flags & LOG_TIME_YEAR)
		text_add_string(ret, "; a guess: the year, which is not in it");
	if (c->flags & LOG_TIME_UNIT)
		text_add_string(ret, "; a guess: the unit of its times, by their size");
	if (c->twice)
		text_addf(ret, "; a guess: %llu %s of an hour that came twice, the earlier was taken",
			  (unsigned long long)c->twice, text_plural(c->twice, "time is", "times are"));
	if (c->never)
		text_addf(ret, "; a guess: %llu %s of an hour that the clocks left out",
			  (unsigned long long)c->never, text_plural(c->never, "time is", "times are"));
}

/* By how much its times may be off besides what any log's may. */
static int64_t slack(const struct counts *c, const struct app_zone *zone)
{
	if ((c->flags & LOG_TIME_LOCAL) && zone->guess)
		return ZONE_UNKNOWN_S * CLOCK_SECOND;
	return c->twice || c->never ? 3600 * CLOCK_SECOND : 0;
}

static enum status write_counts(struct ingest *to, const struct counts *c,
				const struct app_parser *parser, struct error *err)
{
	static const struct app_zone stated = {"", "no time states one", true};
	const struct app_zone *zone = parser->zone ? parser->zone : &stated;
	AUTO_TEXT struct text why = text_make(1024);
	describe_zone(c, zone, &why);
	struct row_stream *q = row_begin(to->rows, QUERY_APP_LOG_COUNTS);
	row_i64(q, 1, to->app_log);
	row_i64(q, 2, (int64_t)c->lines);
	row_i64(q, 3, (int64_t)c->events);
	row_i64(q, 4, (int64_t)c->other);
	row_i64(q, 5, (int64_t)c->unread);
	row_text(q, 6, parser->app);
	if (c->events) {
		row_text(q, 7, c->flags & LOG_TIME_LOCAL ? zone->name : "as stated");
		row_slice(q, 8, text_slice(&why));
	}
	row_i64(q, 9, slack(c, zone));
	row_text(q, 10, parser->described);
	return row_end(q, err);
}

/* A line, or what the parser takes for one. */
static bool next_entry(const struct app_parser *parser, struct lines *lines, struct slice *ret,
		       bool *ret_too_long)
{
	if (!parser->next)
		return lines_next(lines, ret, ret_too_long);
	enum line kind = parser->next(parser->with, lines->in, ret);
	*ret_too_long = kind == LINE_TOO_LONG;
	lines->number += kind != LINE_END;
	return kind != LINE_END;
}

enum status app_read(struct ingest *to, struct input *in, const struct app_parser *parser,
		     uint64_t *ret_records, struct error *err)
{
	struct app_line *a = must_alloc(1, sizeof *a);
	AUTO_LINES struct lines lines = {.in = in};
	struct counts c = {0};
	enum status status = OK;
	bool bounded = to->to_byte > to->from_byte, too_long;
	if (!parser->next) /* else what the file begins with is for the parser too */
		lines_open(&lines, in);
	while (!status) {
		struct slice line;
		uint64_t at = in->offset; /* of the bytes in the file, whatever they code */
		if (!next_entry(parser, &lines, &line, &too_long))
			break;
		/* what stood there before the session is not of it, but it may tell of it */
		if (bounded && (at < to->from_byte || at >= to->to_byte)) {
			a->line = 0;
			if (parser->needs_all && at < to->from_byte)
				(void)parser->line(parser->with, line, a);
			continue;
		}
		status = read_line(to, parser, a, line, too_long, lines.number, &c, err);
		if (!status)
			status = read_late(to, parser, false, &c, err);
	}
	if (!status)
		status = read_late(to, parser, true, &c, err);
	*ret_records = lines.number;
	free(a);
	return status ? status : write_counts(to, &c, parser, err);
}
