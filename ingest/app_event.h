/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_APP_EVENT_H
#define INGEST_APP_EVENT_H

/*
 * One line of an application's own log: a connection that it says it made, or
 * that it says it stopped. The parsers fill this in and allocate nothing.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "ingest/reader.h"

enum {
	APP_LINE_MAX = 64 << 10, /* of one line; a longer one is counted as unread */
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
	uint64_t pid, port;         /* 0: not said */
	const char *disposition;    /* "allowed", "blocked" */
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

/* Reads a log with one of those: rows, and the counts of app_log. */
typedef enum app_kind app_line_fn(struct slice line, struct app_line *ret);
enum status app_read(struct ingest *to, struct input *in, app_line_fn *parse, uint64_t *ret_records,
		     struct error *err) MUST_CHECK;

#endif
