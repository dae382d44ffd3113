/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/copy_parts.h"

#include <stdlib.h>

static const unsigned char key[SECRET_SIZE] = "of a fuzzer";

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What was taken for a table is one of the same columns. */
static void check_columns(struct slice made)
{
	struct cursor lines = cursor_over(made);
	struct slice line;
	for (unsigned number = 1; cursor_line(&lines, &line, NULL); number++) {
		size_t tabs = 0;
		for (size_t i = 0; i < line.size; i++)
			tabs += line.at[i] == '\t';
		if (number > 1 && tabs != 11)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct secret *secret = secret_new(key);
	struct copy c = {.p = pseudonyms_new(secret), .from = -1, .to = -1};
	struct error err = {0};
	AUTO_SINK struct sink out = sink_to(-1);
	bool taken = !copy_controls(&c, slice_of(data, size), &out, &err);
	if (taken && size < 1 << 15)
		check_columns(text_slice(&out.text));
	pseudonyms_free(c.p);
	secret_free(secret);
	return 0;
}
