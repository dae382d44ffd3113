/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_LOGFILE_H
#define INGEST_ETL_LOGFILE_H

/*
 * What a trace says of itself in its first event, and by that the time of all others.
 */

#include "ingest/etl/event.h"

enum logfile_clock {
	LOGFILE_QPC = 1,    /* a counter, `frequency` a second */
	LOGFILE_SYSTEM = 2, /* the time of day */
	LOGFILE_CYCLES = 3, /* of the processor */
};

struct logfile {
	enum logfile_clock clock;
	uint64_t frequency;    /* of stamps, a second */
	uint64_t first_stamp;
	uint64_t start;        /* FILETIME of it: 100 ns since 1601 UTC */
	unsigned pointer;      /* bytes of one where the trace was made */
	uint32_t events_lost, buffers_lost, processors;
};

/* False where the event is none such, or cut off. */
bool logfile_read(const struct event *e, struct logfile *ret);

/* Nanoseconds since 1970 UTC; 0 where that is out of range. */
int64_t logfile_time(const struct logfile *l, uint64_t stamp);

#endif
