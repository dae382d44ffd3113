/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/app_event.h"

#include "core/address.h"

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

struct counts {
	uint64_t lines, events, other, unread;
};

static enum status insert(struct ingest *to, const struct app_line *a, uint64_t line,
			  struct slice text, struct error *err)
{
	struct address address;
	char dst[ADDRESS_TEXT_MAX];
	struct row_stream *q = row_begin(to->rows, QUERY_APP_EVENT_INSERT);
	row_i64(q, 1, to->app_log);
	row_i64(q, 2, (int64_t)line);
	row_i64(q, 3, a->time_ns);
	if (a->process.size)
		row_slice(q, 4, a->process);
	if (a->pid)
		row_i64(q, 5, (int64_t)a->pid);
	if (address_parse(a->host, &address)) {
		address_text(&address, dst);
		row_text(q, 7, dst);
	} else {
		row_slice(q, 6, a->host);
	}
	if (a->port)
		row_i64(q, 8, (int64_t)a->port);
	if (a->proto.size)
		row_slice(q, 9, a->proto);
	row_text(q, 10, a->disposition);
	row_slice(q, 11, text);
	return row_end(q, err);
}

static enum status read_line(struct ingest *to, app_line_fn *parse, struct app_line *a,
			     struct slice line, bool too_long, uint64_t number,
			     struct counts *c, struct error *err)
{
	if (line.size > 0 && line.at[line.size - 1] == '\r')
		line.size--;
	c->lines++;
	enum app_kind kind = APP_UNREAD;
	a->problem = "longer than any line of a log";
	if (!too_long && line.size <= APP_LINE_MAX)
		kind = parse(line, a);
	switch (kind) {
	case APP_EVENT:
		c->events++;
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

static enum status write_counts(struct ingest *to, const struct counts *c, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_APP_LOG_COUNTS);
	row_i64(q, 1, to->app_log);
	row_i64(q, 2, (int64_t)c->lines);
	row_i64(q, 3, (int64_t)c->events);
	row_i64(q, 4, (int64_t)c->other);
	row_i64(q, 5, (int64_t)c->unread);
	return row_end(q, err);
}

enum status app_read(struct ingest *to, struct input *in, app_line_fn *parse, uint64_t *ret_records,
		     struct error *err)
{
	struct app_line *a = must_alloc(1, sizeof *a);
	struct counts c = {0};
	enum status status = OK;
	uint64_t number = 0;
	bool bounded = to->to_byte > to->from_byte;
	while (!status) {
		struct slice line;
		uint64_t at = in->offset;
		enum line kind = input_line(in, &line);
		if (kind == LINE_END)
			break;
		number++;
		/* what stood there before the session is not of it */
		if (bounded && (at < to->from_byte || at >= to->to_byte))
			continue;
		status = read_line(to, parse, a, line, kind == LINE_TOO_LONG, number, &c, err);
	}
	*ret_records = number;
	free(a);
	return status ? status : write_counts(to, &c, err);
}
