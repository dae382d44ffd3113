/* SPDX-License-Identifier: Apache-2.0 */
/* A layout, a line feed, and a text to read by it and by every common layout. */
#include "core/clock.h"
#include "ingest/log_time.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(const struct log_time_layout *layout, struct slice text)
{
	static struct zone zone;
	struct log_time t = {0};
	if (zone.count == 0)
		zone_unknown(&zone);
	struct log_time_context with = {&zone, INT64_C(1795435385) * CLOCK_SECOND};
	struct cursor c = cursor_over(text);
	bool taken = log_time_take(layout, &with, &c, &t);
	if (!taken && cursor_left(&c) != text.size)
		abort();
	if (taken && !(t.flags & LOG_TIME_STATED) == !(t.flags & LOG_TIME_LOCAL))
		abort();
	if (log_time_read(layout, &with, text, &t) && !taken)
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct log_time_layout layout;
	struct slice first;
	struct error err = {0};
	if (!cursor_until(&c, '\n', 256, &first))
		return 0;
	if (!log_time_layout(first, &layout, &err))
		check(&layout, cursor_rest(&c));
	else if (!err.text[0])
		abort();
	for (size_t i = 0; log_time_name(i); i++)
		if (!log_time_layout(slice_of_string(log_time_name(i)), &layout, NULL))
			check(&layout, cursor_rest(&c));
	return 0;
}
