/* SPDX-License-Identifier: Apache-2.0 */
#include "core/capture_name.h"

#include <stdio.h>

#define STEM "capture"
#define SUFFIX ".pcapng"

void capture_name(unsigned number, char ret[static CAPTURE_NAME_MAX])
{
	if (number == 1)
		snprintf(ret, CAPTURE_NAME_MAX, STEM SUFFIX);
	else
		snprintf(ret, CAPTURE_NAME_MAX, STEM "-%u" SUFFIX, number);
}

unsigned capture_number(struct slice name)
{
	char again[CAPTURE_NAME_MAX];
	uint64_t number = 1;
	size_t ends = sizeof SUFFIX - 1, begins = sizeof STEM "-" - 1;
	if (slice_is(name, STEM SUFFIX))
		return 1;
	if (name.size < begins + ends ||
	    !slice_u64(slice_part(name, begins, name.size - begins - ends), CAPTURE_FILES_MAX, &number) || number < 2)
		return 0;
	capture_name((unsigned)number, again); /* one way only to write it */
	return slice_is(name, again) ? (unsigned)number : 0;
}
