/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

/*
 * What the PDF tells of the attempts of the session, out of one reading of them. There may
 * be a million, and the pages are drawn twice: reading them for each table and chart took
 * most of the time.
 */

#include "report/chart_axis.h"
#include "report/chart_mark.h"
#include "report/tally_map.h"

enum { TALLY_LANES_MAX = 40, TALLY_LANE_OTHERS = TALLY_LANES_MAX, TALLY_DESTINATIONS_MAX = 20 };

/* A process of the timeline. */
struct tally_lane {
	int64_t key, pid, attempts, leaving;
	bool pid_known;
	const char *comm; /* NULL: not known */
	int64_t counts[CHART_BINS][PLACE_COUNT];
};

/* Attempts to leave by the same process, in the same way, to the same place. */
struct tally_group {
	int64_t attempt; /* one that stands for them */
	int64_t first_ns, last_ns, count, bytes_out, bytes_in;
	bool out_known, in_known;
	int64_t left;     /* 1: one of them was seen leaving */
	const char *name; /* NULL: none in the attempts themselves */
};

struct tally_count {
	const char *name;
	int64_t count;
};

struct tally {
	struct intern *texts;     /* owned */
	struct tally_lane *lanes; /* owned: those shown, and one for the rest */
	size_t lane_count;        /* of those shown */
	int64_t lanes_all;
	struct tally_group *groups; /* owned: those shown, the worst first */
	size_t group_count;
	int64_t groups_all;
	struct tally_count *vectors, *destinations; /* owned: the most first */
	size_t vector_count, destination_count; /* of those kept */
	size_t destinations_all;
};

/* Reads all attempts; at most `groups_max` groups are kept. tally_free() also after a failure. */
enum status tally_read(struct store *store, const struct chart_axis *axis, size_t groups_max, struct tally *ret,
		       struct error *err) MUST_CHECK;
void tally_free(struct tally *t);

/* Asks for the row of a group: QUERY_REPORT_TALLY_GROUP, bound. */
sqlite3_stmt *tally_group_row(struct store *store, const struct tally_group *group);

#endif
