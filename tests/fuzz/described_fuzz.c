/* SPDX-License-Identifier: Apache-2.0 */
/* A log, read into a store by each description that is built in and may be its own. */
#include "core/clock.h"
#include "ingest/described.h"
#include "ingest/descriptions.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct description *chosen;

static enum status read_chosen(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	return described_read(chosen, to, in, ret_records, err);
}

static const struct reader reader_chosen = {"described", "", ROW_WRITES_LOG, NULL, read_chosen};

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct descriptions *all;
	static struct start *start;
	if (!all) {
		all = descriptions_new();
		start = must_alloc(1, sizeof *start);
		*start = (struct start){.reference_ns = INT64_C(1795435385) * CLOCK_SECOND};
		zone_unknown(&start->zone);
	}
	struct slice input = slice_of(data, size);
	for (size_t i = 0; i < descriptions_count(all); i++) {
		chosen = descriptions_at(all, i);
		/* of the others every line is no more than not understood */
		if (described_sniff(chosen, start, slice_part(input, 0, INPUT_SNIFF)) > 0)
			fuzz_read(&reader_chosen, input);
	}
	return 0;
}
