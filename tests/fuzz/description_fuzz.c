/* SPDX-License-Identifier: Apache-2.0 */
/* A description, a NUL, and a log to be read by it. */
#include "core/clock.h"
#include "ingest/described.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct start *start_of_fuzz(void)
{
	static struct start *start;
	if (!start) {
		start = must_alloc(1, sizeof *start);
		*start = (struct start){.reference_ns = INT64_C(1795435385) * CLOCK_SECOND};
		zone_unknown(&start->zone);
	}
	return start;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct slice text, line;
	struct description *d = NULL;
	struct error err = {0};
	static struct app_line a;
	if (!cursor_until(&c, 0, size, &text))
		text = cursor_take(&c, size);
	if (description_parse(text, "fuzz", &d, &err)) {
		if (!err.text[0] || d)
			abort();
		return 0;
	}
	if (described_sniff(d, start_of_fuzz(), cursor_rest(&c)) > 100)
		abort();
	struct described *s = described_new(d, start_of_fuzz());
	while (cursor_line(&c, &line, NULL)) {
		enum app_kind kind = line.size <= APP_LINE_MAX ? described_line(s, line, &a) : APP_OTHER;
		if (kind == APP_UNREAD && (!a.problem || !a.problem[0]))
			abort();
		if (kind == APP_EVENT && (!a.disposition || a.port > 65535 || a.sport > 65535 || a.pid > INT32_MAX ||
					  (a.host.size == 0 && a.src.size == 0)))
			abort();
	}
	described_free(s);
	description_free(d);
	return 0;
}
