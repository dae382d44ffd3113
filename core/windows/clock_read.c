/* SPDX-License-Identifier: Apache-2.0 */
#include "core/windows/filetime.h"

#include <windows.h>

static int64_t read_wall(void)
{
	FILETIME now;
	GetSystemTimePreciseAsFileTime(&now);
	return filetime_ns((int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime));
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
