/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/copy_left.h"

#include <stdlib.h>

static const unsigned char key[SECRET_SIZE] = "of a fuzzer";

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Each line that is made is an object with a reason of ours. */
static void check_lines(struct slice made)
{
	struct cursor lines = cursor_over(made);
	struct slice line;
	while (cursor_line(&lines, &line, NULL)) {
		struct json_member m = {.key = "reason"};
		bool ours = false;
		if (json_read_object(line, &m, 1, NULL))
			abort();
		for (size_t i = 1; i < LEFT_COUNT; i++)
			ours = ours || (m.value.type == JSON_STRING && slice_is(m.value.raw, copy_left_reasons[i]));
		if (!ours)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct secret *secret = secret_new(key);
	struct copy c = {.p = pseudonyms_new(secret), .from = -1, .to = -1};
	struct error err = {0};
	AUTO_SINK struct sink out = sink_to(-1);
	if (!copy_left(&c, slice_of(data, size), &out, &err))
		check_lines(text_slice(&out.text));
	pseudonyms_free(c.p);
	secret_free(secret);
	return 0;
}
