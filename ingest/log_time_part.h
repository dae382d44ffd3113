/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_LOG_TIME_PART_H
#define INGEST_LOG_TIME_PART_H

/* One part of a time after the other, as the steps of a layout say (ingest/log_time.h). */

#include "ingest/log_time.h"

struct log_time_parts {
	uint64_t year, month, day, hour, minute, second, nanosecond;
	int64_t offset_s;
	int64_t count_ns;
	bool has_year, has_month, has_day, has_offset, has_count, half, afternoon;
	unsigned flags;
};

/* Takes what `step` says from where the cursor stands, into `p`. False where it does not
 * stand there or is out of its range; then, or where the cursor ran short, the whole time
 * is none, and what was taken is up to the caller. */
bool log_time_part(struct log_time_step step, struct cursor *c, struct log_time_parts *p);

#endif
