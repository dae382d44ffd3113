/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture written anew: whatever the blocks and packets hold, both rounds end, and the
 * second is as long as the first.
 */
#include "redact/copy_parts.h"

#include <stdlib.h>

enum { RUNS_OF_ONE = 256 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static enum status copy(struct copy *c, struct slice input, uint64_t *ret_size)
{
	struct error err = {0};
	AUTO_SINK struct sink out = sink_to(-1);
	enum status status = copy_capture(c, input, &out, &err);
	if (!status)
		status = sink_flush(&out, true, &err);
	*ret_size = out.size;
	return status;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned char key[SECRET_SIZE] = "fuzz";
	static struct secret *secret;
	static struct pseudonyms *p;
	static unsigned runs;
	if (runs++ % RUNS_OF_ONE == 0) { /* what they hold grows */
		pseudonyms_free(p);
		secret_free(secret);
		secret = secret_new(key);
		p = pseudonyms_new(secret);
	}
	struct copy c = {.p = p, .from = -1, .to = -1};
	uint64_t first, second;
	enum status status = copy(&c, slice_of(data, size), &first);
	pseudonyms_settle(p);
	if (copy(&c, slice_of(data, size), &second) != status || (!status && first != second))
		abort();
	return 0;
}
