/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_APP_EVENT_H
#define INGEST_APP_EVENT_H

/*
 * One line of an application's own log: a connection that it says it made, or
 * that it says it stopped. The parsers fill this in and allocate nothing.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "ingest/lines.h"
#include "ingest/log_time.h"
#include "ingest/reader.h"

enum {
	APP_LINE_MAX = LINES_MAX, /* of one line; a longer one is counted as unread */
	APP_HOST_MAX = 253,      /* RFC 1035, 2.3.4 */
	APP_BUFFER = 4096,       /* for plain text of what held escapes */
};

enum app_kind {
	APP_EVENT,  /* about a connection */
	APP_OTHER,  /* understood, but about none: a heading, a comment, another event */
	APP_UNREAD,
};

struct app_line {
	int64_t time_ns;
	struct slice process, host; /* host: an address or a name */
	struct slice proto;         /* "tcp", "udp", … or empty */
	struct slice dst;           /* its address, where host is a name; or empty */
	struct slice src;           /* address of who began; or empty */
	uint64_t pid, port, sport;  /* 0: not said */
	uint64_t count;             /* of a sum: connections; 0: it is none */
	int64_t until_ns;           /* of a sum: when its span ends; 0: not said */
	const char *disposition;    /* "allowed", "blocked", "logged": it was seen */
	const char *direction;      /* "in", "out", "forward"; NULL: not said */
	unsigned time_flags;        /* LOG_TIME_ */
	uint64_t line;              /* told to the parser: its number; 0: it is not of the session */
	const char *problem;        /* why it is APP_UNREAD (a constant) */
	char buffers[4][APP_BUFFER]; /* what the slices may point into */
};

/* "allowed" or "blocked" for the words that logs use; NULL for any other. */
const char *app_disposition(struct slice word);

/* "192.0.2.1:443", "[2001:db8::1]:443" or "name:443" into its parts; anything else
 * stays as it is. */
void app_split_port(struct slice *host, uint64_t *port);

/* The plain line: time process destination port disposition [protocol]. */
enum app_kind app_plain_line(struct slice line, struct app_line *ret);

/* A JSON object on a line. */
enum app_kind app_json_line(struct slice line, struct app_line *ret);

/* A line that was APP_OTHER, for it waits for another one, which did not come. */
struct app_late {
	uint64_t line; /* as the parser was told it */
	struct slice text;
	const char *problem; /* a constant */
};

/* What reads the lines of a log. */
struct app_parser {
	enum app_kind (*line)(void *with, struct slice line, struct app_line *ret);
	/* the next entry of a log whose entries are no lines, as input_line(), of any size that
	 * it takes for none too long; NULL: lines */
	enum line (*next)(void *with, struct input *in, struct slice *ret);
	/* the next line that waits for nothing any more; NULL: none ever does */
	bool (*late)(void *with, bool at_end, struct app_late *ret);
	void *with;
	bool needs_all;    /* a line tells how the ones behind it are to be read */
	/* where a time states no offset, once all was read; NULL where each does */
	const struct app_zone *zone;
	const char *app, *described; /* name of the program; where the description stands; or NULL */
};

struct app_zone {
	const char *name, *why;
	bool guess;
};

/* Reads a log, in UTF-16 too: rows, and the counts of app_log. */
enum status app_read(struct ingest *to, struct input *in, const struct app_parser *parser,
		     uint64_t *ret_records, struct error *err) MUST_CHECK;

/* Names of protocols (IANA numbers) as we write them; anything else stays. */
struct slice app_proto(struct slice word);

bool app_is_host(struct slice word); /* an address, or what may be a name */

#endif
