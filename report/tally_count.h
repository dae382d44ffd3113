/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TALLY_COUNT_H
#define REPORT_TALLY_COUNT_H

/*
 * The counting behind a tally. Of the report's own: nobody else includes it.
 */

#include "report/tally.h"

/* Values of a lane; its key is that of the process. */
enum { LANE_PID, LANE_PID_KNOWN, LANE_COMM, LANE_ATTEMPTS, LANE_LEAVING, LANE_FIRST, LANE_VALUES };

/* Key and values of a group. Texts are numbers of `texts`, -1 for NULL. */
enum {
	GROUP_PID, GROUP_COMM, GROUP_EXE, GROUP_CALL, GROUP_PROTO, GROUP_DST, GROUP_DPORT, GROUP_OUTCOME, GROUP_CLASS,
	GROUP_VECTOR, GROUP_ALLOWED, GROUP_RULE, GROUP_BROWSER, GROUP_WORDS,
};
enum {
	GROUP_ATTEMPT, GROUP_RANK, GROUP_FIRST, GROUP_LAST, GROUP_COUNT, GROUP_OUT, GROUP_IN, GROUP_OUT_KNOWN,
	GROUP_IN_KNOWN, GROUP_LEFT, GROUP_NAME, GROUP_VALUES,
};

struct tally_counting {
	struct intern *texts; /* not owned */
	const struct chart_axis *axis;
	bool full; /* a text found no room */
	struct tally_map lanes, groups, vectors, destinations; /* the last two: a text, a count */
	struct tally_map marks; /* lane, bin, place; a count */
};

/* Turns what was counted into what is shown; the counting is not needed behind it. */
void tally_finish(const struct tally_counting *c, size_t groups_max, struct tally *ret);

#endif
