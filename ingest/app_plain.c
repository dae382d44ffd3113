/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plain line of an audit log, words between blanks:
 *
 *   2026-11-23T12:03:05.120Z  agent[4711]  192.0.2.7  443  blocked  tcp
 *   time (RFC 3339)           process      address or name
 *                             [pid] optional           port  disposition
 *                                                            protocol optional
 *
 * Empty lines, lines that start with '#', and a heading are about no connection.
 */
#include "ingest/app_event.h"
#include "ingest/registry.h"

#include "core/clock.h"

#include <stdlib.h>

enum { WORD_MAX = 512 };

/* "agent[4711]" → "agent", 4711 */
static void split_pid(struct slice word, struct app_line *ret)
{
	size_t open = slice_find(word, '[');
	ret->process = word;
	if (open == word.size || word.at[word.size - 1] != ']')
		return;
	struct slice digits = slice_part(word, open + 1, word.size - open - 2);
	if (slice_u64(digits, INT32_MAX, &ret->pid))
		ret->process = slice_part(word, 0, open);
}

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

enum app_kind app_plain_line(struct slice line, struct app_line *ret)
{
	struct slice time, process, host, port, disposition, protocol = {0}, more;
	struct cursor c = cursor_over(line);
	line = slice_trim(line);
	if (line.size == 0 || line.at[0] == '#' || slice_starts(line, "time process destination"))
		return APP_OTHER;
	ret->pid = ret->port = 0;
	ret->time_flags = LOG_TIME_STATED;
	if (!cursor_word(&c, WORD_MAX, &time) || !clock_parse(time, &ret->time_ns))
		return unread(ret, "no RFC 3339 time at the beginning");
	if (!cursor_word(&c, WORD_MAX, &process) || !cursor_word(&c, WORD_MAX, &host) ||
	    !cursor_word(&c, WORD_MAX, &port) || !cursor_word(&c, WORD_MAX, &disposition))
		return unread(ret, "fewer words than time process destination port disposition");
	split_pid(process, ret);
	if (!app_is_host(host))
		return unread(ret, "a destination that is neither address nor name");
	ret->host = host;
	if (!slice_u64(port, 65535, &ret->port))
		return unread(ret, "a port that is not 0 to 65535");
	ret->disposition = app_disposition(disposition);
	if (!ret->disposition)
		return unread(ret, "a disposition that is neither allowed nor blocked");
	ret->proto = cursor_word(&c, WORD_MAX, &protocol) ? protocol : slice_of(NULL, 0);
	if (cursor_word(&c, WORD_MAX, &more))
		return unread(ret, "more words than a line has");
	return APP_EVENT;
}

static enum app_kind read_line(void *with, struct slice line, struct app_line *ret)
{
	(void)with;
	return app_plain_line(line, ret);
}

static enum status read_plain(struct ingest *to, struct input *in, uint64_t *ret_records,
			      struct error *err)
{
	return app_read(to, in, &(struct app_parser){.line = read_line}, ret_records, err);
}

/* Sure when the first line that is no comment reads well. */
static unsigned sniff_plain(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	struct app_line *a = must_alloc(1, sizeof *a);
	unsigned sure = 0;
	while (!sure && cursor_line(&c, &line, NULL)) {
		enum app_kind kind = app_plain_line(line, a);
		if (kind == APP_EVENT || slice_starts(line, "time process destination"))
			sure = 80;
		else if (kind == APP_UNREAD)
			break;
	}
	free(a);
	return sure;
}

const struct reader reader_app_plain = {
	.name = "app-plain",
	.reads = "an application's audit log: time process destination port disposition",
	.writes = ROW_WRITES_LOG,
	.sniff = sniff_plain,
	.read = read_plain,
};
