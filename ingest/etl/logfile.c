/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log header (TRACE_LOGFILE_HEADER of evntrace.h), little-endian; p: a pointer of
 * the machine that wrote it:
 *
 *   size:4 of a buffer  version:4  build:4  processors:4  end:8  resolution:4
 *   largest:4  mode:4  written:4  starts:4  pointer:4  events lost:4  MHz:4
 *   name:p  file:p  zone:172, then on a multiple of 8:
 *   boot:8  frequency:8  start:8  clock:4  buffers lost:4
 *
 * Times are FILETIME. Stamps of events count from any point; the header's own stamp
 * was taken at `start`.
 */
#include "ingest/etl/logfile.h"

#include "core/clock.h"

enum {
	ZONE = 172 + 4, /* with what follows up to a multiple of 8 */
	FREQUENCY_MAX = 2000000000, /* a larger one is halved: nothing overflows below */
	TICK_NS = 100,
};

#define FILETIME_1970 UINT64_C(116444736000000000)
#define FILETIME_MAX (FILETIME_1970 + (uint64_t)INT64_MAX / TICK_NS)

bool logfile_read(const struct event *e, struct logfile *ret)
{
	struct cursor c = cursor_over(e->payload);
	*ret = (struct logfile){.clock = LOGFILE_SYSTEM};
	if (e->kind != EVENT_KERNEL || e->group != GROUP_LOG || e->opcode != 0)
		return false;
	cursor_skip(&c, 12);
	ret->processors = cursor_le32(&c);
	cursor_skip(&c, 8 + 4 + 4 + 4 + 4 + 4);
	ret->pointer = cursor_le32(&c) == 4 ? 4 : 8;
	ret->events_lost = cursor_le32(&c);
	uint32_t mhz = cursor_le32(&c);
	cursor_skip(&c, 2 * (size_t)ret->pointer + ZONE);
	cursor_skip(&c, 8);
	uint64_t frequency = cursor_le64(&c);
	ret->start = cursor_le64(&c);
	uint32_t clock = cursor_le32(&c);
	ret->buffers_lost = cursor_le32(&c);
	ret->first_stamp = e->stamp;
	if (clock == LOGFILE_CYCLES) {
		ret->clock = LOGFILE_CYCLES;
		ret->frequency = (uint64_t)mhz * 1000000;
	} else if (clock == LOGFILE_QPC) {
		ret->clock = LOGFILE_QPC;
		ret->frequency = frequency;
	}
	return !c.short_read;
}

static int64_t filetime_ns(uint64_t filetime)
{
	if (filetime < FILETIME_1970 || filetime >= FILETIME_MAX)
		return 0;
	return (int64_t)((filetime - FILETIME_1970) * TICK_NS);
}

/* Nanoseconds of so many stamps; any frequency, no overflow for 292 years. */
static uint64_t elapsed(const struct logfile *l, uint64_t stamps)
{
	uint64_t frequency = l->frequency, rest = stamps % frequency;
	while (frequency > FREQUENCY_MAX) {
		frequency /= 2;
		rest /= 2;
	}
	uint64_t seconds = stamps / l->frequency;
	if (seconds > (uint64_t)(INT64_MAX / CLOCK_SECOND))
		return INT64_MAX;
	return seconds * (uint64_t)CLOCK_SECOND + rest * (uint64_t)CLOCK_SECOND / frequency;
}

int64_t logfile_time(const struct logfile *l, uint64_t stamp)
{
	int64_t start = filetime_ns(l->start);
	if (l->clock == LOGFILE_SYSTEM)
		return filetime_ns(stamp);
	if (l->frequency == 0 || start == 0)
		return 0;
	bool before = stamp < l->first_stamp;
	uint64_t ns = elapsed(l, before ? l->first_stamp - stamp : stamp - l->first_stamp);
	if (before)
		return ns < (uint64_t)start ? start - (int64_t)ns : 0;
	return ns < (uint64_t)(INT64_MAX - start) ? start + (int64_t)ns : 0;
}
