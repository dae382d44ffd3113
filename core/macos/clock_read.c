/* SPDX-License-Identifier: Apache-2.0 */
#include "core/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec now;
	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec;
}

/* What macOS calls CLOCK_MONOTONIC follows the wall clock as that is corrected, in steps
 * of a microsecond. The raw one counts by itself, and on while the machine sleeps: a lid
 * that was closed does not look like a clock that was set. */
int64_t clock_mono(void)
{
	return read_clock(CLOCK_MONOTONIC_RAW);
}

struct clock_pair clock_now(void)
{
	return (struct clock_pair){read_clock(CLOCK_REALTIME), clock_mono()};
}
