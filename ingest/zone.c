/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C library knows the zones of the tz database; what it says of every day becomes a
 * table, and the very second of a change is found between two days.
 */
#include "ingest/zone.h"

#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DAY INT64_C(86400)
#define FIRST_DAY 0
#define LAST_DAY 47482 /* 2100-01-01 */

static void set_fixed(struct zone *z, const char *name, int32_t offset_s)
{
	snprintf(z->name, sizeof z->name, "%s", name);
	z->count = 1;
	z->changes[0] = (struct zone_change){INT64_MIN, offset_s};
}

void zone_unknown(struct zone *ret)
{
	set_fixed(ret, "UTC", 0);
	ret->given = false;
}

/* "+02:00" */
static bool parse_offset(struct slice text, int32_t *ret)
{
	uint64_t hours, minutes;
	struct slice sign = slice_part(text, 0, 1);
	if (text.size != 6 || (!slice_is(sign, "+") && !slice_is(sign, "-")) || text.at[3] != ':' ||
	    !slice_u64(slice_part(text, 1, 2), ZONE_OFFSET_MAX / 3600, &hours) ||
	    !slice_u64(slice_part(text, 4, 2), 59, &minutes))
		return false;
	*ret = (int32_t)(hours * 3600 + minutes * 60) * (slice_is(sign, "-") ? -1 : 1);
	return true;
}

/* A name below the folder of zones, which is not left. */
static bool is_zone(const char *name)
{
	char path[sizeof "/usr/share/zoneinfo/" + ZONE_NAME_MAX];
	struct stat st;
	if (!*name || *name == '/' || strstr(name, "..") || strlen(name) >= ZONE_NAME_MAX)
		return false;
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int32_t offset_at(int64_t s)
{
	time_t when = (time_t)s;
	struct tm local;
	return localtime_r(&when, &local) ? (int32_t)local.tm_gmtoff : 0;
}

/* The offset changes once between the two. */
static int64_t find_change(int64_t from, int64_t to)
{
	int32_t before = offset_at(from);
	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;
		if (offset_at(middle) == before)
			from = middle;
		else
			to = middle;
	}
	return to;
}

static bool fill(struct zone *z)
{
	z->count = 1;
	z->changes[0] = (struct zone_change){INT64_MIN, offset_at(FIRST_DAY)};
	for (int64_t day = FIRST_DAY; day < LAST_DAY; day++) {
		int32_t next = offset_at((day + 1) * DAY);
		if (next == z->changes[z->count - 1].offset_s)
			continue;
		if (z->count == ZONE_CHANGES_MAX)
			return false;
		z->changes[z->count++] = (struct zone_change){find_change(day * DAY, (day + 1) * DAY), next};
	}
	return true;
}

/* The variable TZ stays as it was. */
static bool fill_from_library(struct zone *z)
{
	const char *set = getenv("TZ");
	char *before = set ? must_strdup(set) : NULL;
	char name[ZONE_NAME_MAX + 1];
	snprintf(name, sizeof name, ":%s", z->name);
	setenv("TZ", name, 1);
	tzset();
	bool filled = fill(z);
	if (before)
		setenv("TZ", before, 1);
	else
		unsetenv("TZ");
	tzset();
	free(before);
	return filled;
}

enum status zone_find(const char *text, struct zone *ret, struct error *err)
{
	int32_t offset = 0;
	ret->given = true;
	if (!strcmp(text, "UTC") || !strcmp(text, "Z") || parse_offset(slice_of_string(text), &offset)) {
		set_fixed(ret, offset ? text : "UTC", offset);
		return OK;
	}
	if (!is_zone(text))
		return fail(err, ERR_USAGE,
			    "no time zone is called \"%s\" here: give UTC, ±HH:MM or a name below /usr/share/zoneinfo", text);
	snprintf(ret->name, sizeof ret->name, "%s", text);
	return fill_from_library(ret) ? OK : fail(err, ERR_LIMIT, "the zone %s changes more than %d times", text,
						  ZONE_CHANGES_MAX);
}

/* Which offset held at that moment. */
static size_t change_at(const struct zone *z, int64_t s)
{
	size_t low = 0, high = z->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (z->changes[middle].from_s <= s)
			low = middle;
		else
			high = middle;
	}
	return low;
}

enum zone_kind zone_utc(const struct zone *z, int64_t local_s, int64_t *ret_s)
{
	/* the offset that held safely before, and the one that holds safely behind */
	size_t first = change_at(z, local_s - ZONE_OFFSET_MAX), last = change_at(z, local_s + ZONE_OFFSET_MAX);
	unsigned found = 0;
	for (size_t i = first; i <= last; i++) {
		int64_t utc = local_s - z->changes[i].offset_s;
		if (change_at(z, utc) != i)
			continue;
		if (found == 0 || utc < *ret_s)
			*ret_s = utc;
		found++;
	}
	if (found == 1)
		return ZONE_PLAIN;
	if (found > 1)
		return ZONE_TWICE;
	*ret_s = local_s - z->changes[first].offset_s;
	return ZONE_NEVER;
}
