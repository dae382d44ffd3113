/* SPDX-License-Identifier: Apache-2.0 */
/* One line of an application's plain log, and whether the file is recognised. */
#include "ingest/app_event.h"
#include "ingest/registry.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct app_line a;
	struct slice input = slice_of(data, size), line;
	struct cursor c = cursor_over(input);
	if (reader_app_plain.sniff(slice_part(input, 0, INPUT_SNIFF)) > 100)
		abort();
	while (cursor_line(&c, &line, NULL)) {
		a = (struct app_line){.port = 1 << 20, .pid = UINT64_MAX};
		enum app_kind kind = app_plain_line(line, &a);
		if (kind == APP_UNREAD && (!a.problem || !a.problem[0]))
			abort();
		if (kind == APP_EVENT && (!a.disposition || a.host.size == 0 || a.port > 65535 ||
					  a.pid > INT32_MAX))
			abort();
	}
	return 0;
}
