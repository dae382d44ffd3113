/* SPDX-License-Identifier: Apache-2.0 */
#include "core/clock.h"

#include <windows.h>

enum { TICKS_PER_SECOND = 10000000 /* of a FILETIME: 100 ns each */ };

/* From 1601-01-01, where a FILETIME begins, to 1970-01-01. */
#define EPOCH_TICKS (INT64_C(11644473600) * TICKS_PER_SECOND)

static int64_t read_wall(void)
{
	FILETIME now;
	GetSystemTimePreciseAsFileTime(&now);
	int64_t ticks = (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
	return (ticks - EPOCH_TICKS) * (CLOCK_SECOND / TICKS_PER_SECOND);
}

int64_t clock_mono(void)
{
	static int64_t frequency;
	LARGE_INTEGER value;
	if (!frequency) {
		QueryPerformanceFrequency(&value);
		frequency = value.QuadPart;
	}
	QueryPerformanceCounter(&value);
	/* whole seconds apart: the product of all would run over within a month */
	return value.QuadPart / frequency * CLOCK_SECOND +
	       value.QuadPart % frequency * CLOCK_SECOND / frequency;
}

struct clock_pair clock_now(void)
{
	return (struct clock_pair){read_wall(), clock_mono()};
}
