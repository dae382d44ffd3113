/* SPDX-License-Identifier: Apache-2.0 */
#include "report/retention.h"

#include "core/clock.h"

#include <stdio.h>
#include <string.h>

void retention_until(int64_t from_ns, unsigned years, char ret[static RETENTION_TEXT_MAX])
{
	char from[CLOCK_TEXT_MAX], until[CLOCK_TEXT_MAX];
	uint64_t year = 0;
	int64_t ignored;
	ret[0] = 0;
	clock_text(from_ns, 0, from);
	if (!from_ns || !slice_u64(slice_part(slice_of_string(from), 0, 4), 9999, &year))
		return;
	snprintf(until, sizeof until, "%04u%.6sT00:00:00Z", (unsigned)year + years, from + 4);
	if (!clock_parse(slice_of_string(until), &ignored) && !strncmp(from + 4, "-02-29", 6))
		snprintf(until, sizeof until, "%04u-03-01T00:00:00Z", (unsigned)year + years);
	if (clock_parse(slice_of_string(until), &ignored))
		snprintf(ret, RETENTION_TEXT_MAX, "%.10s", until);
}
