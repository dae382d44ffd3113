/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_EVENT_RECORD_H
#define INGEST_EVENT_RECORD_H

/*
 * One event of Windows as XML (the Event schema): what it is, and what of its data tells
 * of a connection or a lookup.
 */

#include "core/cursor.h"

enum { EVENT_TEXT_MAX = 64 << 10 /* of an event: references make text shorter, never longer */ };

enum event_field {
	EVENT_UTC_TIME, EVENT_PID, EVENT_IMAGE, EVENT_PROTOCOL, EVENT_INITIATED, EVENT_DIRECTION, EVENT_LAYER,
	EVENT_SOURCE, EVENT_SOURCE_PORT, EVENT_DEST, EVENT_DEST_PORT, EVENT_QUERY_NAME, EVENT_FIELDS
};

struct event_record {
	struct slice provider, id, time;   /* Provider Name, EventID, TimeCreated SystemTime */
	struct slice fields[EVENT_FIELDS]; /* of EventData; empty: not there */
};

/* Reads an <Event>. What is wrong with it (a constant), or NULL. The slices point into
 * the text or `buffer`. */
const char *event_record_read(struct slice text, char buffer[static EVENT_TEXT_MAX], struct event_record *ret);

#endif
