/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_EVENT_SPLIT_H
#define INGEST_EVENT_SPLIT_H

/*
 * A file of <Event> elements, of any size and on however many lines, one element at a
 * time: with a root around them or without, in UTF-8 or UTF-16.
 */

#include "ingest/app_event.h"
#include "ingest/lines.h"

enum event_split_state {
	SPLIT_TEXT,
	SPLIT_OPEN,    /* behind < */
	SPLIT_BANG,    /* behind <! */
	SPLIT_START,   /* in a start tag */
	SPLIT_END_TAG,
	SPLIT_COMMENT,
	SPLIT_CDATA,
	SPLIT_INSTRUCTION, /* <? … ?> */
	SPLIT_REFUSED, /* nothing more is read */
};

enum { EVENT_SPLIT_NAME = 64 };

struct event_split {
	bool begun; /* what the bytes are written in is known */
	enum lines_coding coding;
	enum event_split_state state;
	unsigned char quote;     /* of the attribute value it is in; 0: none */
	unsigned char last[2];   /* bytes before this one, of the state */
	unsigned depth;          /* elements that are open within the event; 0: in none */
	size_t name_size;
	unsigned char name[EVENT_SPLIT_NAME]; /* of the tag, or behind <! */
	bool named;              /* all of the name came */
	bool too_long;
	size_t used;
	unsigned char bytes[APP_LINE_MAX];
};

/* The next event as UTF-8; as input_line(). Text that stands outside of any is handed out
 * likewise, and so is the beginning of a document type declaration, behind which there is
 * nothing more. The slice stays until the next call. */
enum line event_split_next(struct event_split *s, struct input *in, struct slice *ret);

#endif
