/* SPDX-License-Identifier: Apache-2.0 */
/* Times of the command line and of logs. */
#include "core/clock.h"
#include "core/duration.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_time(struct slice input)
{
	int64_t ns = 0, again = 0;
	char text[CLOCK_TEXT_MAX];
	if (!clock_parse(input, &ns))
		return;
	clock_text(ns, 9, text);
	/* an offset may put it just outside of the years that are read */
	bool inside = ns >= 0 && ns < INT64_C(7289654400) * CLOCK_SECOND;
	if (clock_parse(slice_of_string(text), &again) != inside || (inside && again != ns))
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char text[64];
	struct error err = {0};
	int64_t ns = -1;
	check_time(slice_of(data, size));
	if (!slice_to_string(slice_of(data, size), text, sizeof text))
		return 0;
	enum status status = duration_parse(text, "--x", &ns, &err);
	if (status ? err.status != ERR_USAGE || ns != -1
		   : ns < 0 || ns > 365 * 86400 * CLOCK_SECOND)
		abort();
	return 0;
}
