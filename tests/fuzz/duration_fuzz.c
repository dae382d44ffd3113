/* SPDX-License-Identifier: Apache-2.0 */
/* Times of the command line and of logs; sizes, and names of captures. */
#include "core/byte_size.h"
#include "core/capture_name.h"
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

static void check_size(const char *text)
{
	struct error err = {0};
	uint64_t bytes = 1;
	enum status status = byte_size_parse(text, "--x", &bytes, &err);
	if (status ? err.status != ERR_USAGE || bytes != 1 : bytes > UINT64_C(1) << 50 || bytes % 1024 != 0)
		abort();
}

static void check_name(struct slice input)
{
	char again[CAPTURE_NAME_MAX];
	unsigned number = capture_number(input);
	if (number)
		capture_name(number, again);
	if (number && (number > CAPTURE_FILES_MAX || !slice_is(input, again)))
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char text[64];
	struct error err = {0};
	int64_t ns = -1;
	check_time(slice_of(data, size));
	check_name(slice_of(data, size));
	if (!slice_to_string(slice_of(data, size), text, sizeof text))
		return 0;
	enum status status = duration_parse(text, "--x", &ns, &err);
	if (status ? err.status != ERR_USAGE || ns != -1
		   : ns < 0 || ns > 365 * 86400 * CLOCK_SECOND)
		abort();
	check_size(text);
	return 0;
}
