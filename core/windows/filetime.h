/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_FILETIME_H
#define CORE_WINDOWS_FILETIME_H

/*
 * A FILETIME: 100 ns since 1601-01-01 UTC.
 */

#include "core/clock.h"

enum { FILETIME_SECOND = 10000000, FILETIME_TICK_NS = 100 };

/* From there to 1970-01-01. */
#define FILETIME_EPOCH (INT64_C(11644473600) * FILETIME_SECOND)

/* Nanoseconds since 1970; 0 for a time before, or past what they can count. */
static inline int64_t filetime_ns(int64_t ticks)
{
	if (ticks < FILETIME_EPOCH || ticks - FILETIME_EPOCH > INT64_MAX / FILETIME_TICK_NS)
		return 0;
	return (ticks - FILETIME_EPOCH) * FILETIME_TICK_NS;
}

#endif
