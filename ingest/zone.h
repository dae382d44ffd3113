/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ZONE_H
#define INGEST_ZONE_H

/*
 * What a local time in a log means. A zone is made before a foreign byte is read, for
 * the process that reads may open nothing: a table of the offsets that hold from when on.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	ZONE_NAME_MAX = 64,
	ZONE_CHANGES_MAX = 640,
	ZONE_OFFSET_MAX = 18 * 3600, /* of seconds: what ±HH:MM may say */
	/* from UTC-12 to UTC+14: so far off is a local time that is taken for UTC */
	ZONE_UNKNOWN_S = 14 * 3600,
};

struct zone {
	char name[ZONE_NAME_MAX]; /* "UTC", "+02:00", "Europe/Berlin" */
	bool given;               /* told by the user; else UTC is a guess */
	size_t count;             /* at least 1 */
	struct zone_change {
		int64_t from_s;   /* the first one: INT64_MIN */
		int32_t offset_s; /* local = UTC + offset */
	} changes[ZONE_CHANGES_MAX];
};

/* UTC, as the guess that stands where nobody said more. */
void zone_unknown(struct zone *ret);

/* "UTC", "±HH:MM" or the name of a zone of this system (tz database, 1970 to 2100). */
enum status zone_find(const char *text, struct zone *ret, struct error *err) MUST_CHECK;

enum zone_kind {
	ZONE_PLAIN,
	ZONE_TWICE, /* the hour that the clocks go through twice: the earlier one is given */
	ZONE_NEVER, /* an hour that the clocks leave out: as if they had not */
};

/* Seconds since 1970 of a local time, given as if it were UTC. */
enum zone_kind zone_utc(const struct zone *z, int64_t local_s, int64_t *ret_s);

#endif
