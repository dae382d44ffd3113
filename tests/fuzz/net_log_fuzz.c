/* SPDX-License-Identifier: Apache-2.0 */
/* A net-log, read into rows, and its parts. */
#include "ingest/net_log_split.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void split_all(struct slice input)
{
	static struct net_log_split s;
	AUTO_INPUT struct input in;
	struct slice part;
	bool whole, too_long;
	uint64_t before = 0, parts = 0;
	memset(&s, 0, offsetof(struct net_log_split, bytes));
	input_over(input, "fuzz", &in);
	in.looked = true; /* as it is, not what is packed in it */
	while (net_log_next(&s, &in, &part, &whole, &too_long) != NET_LOG_END) {
		fuzz_require(in.offset > before, "a part of no bytes");
		before = in.offset;
		fuzz_require(++parts <= input.size, "more parts than bytes");
		fuzz_require(part.size > 0 || too_long, "an empty part");
	}
	fuzz_require(in.held.size == 0, "bytes that were left");
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_net_log.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	split_all(input);
	fuzz_read(&reader_net_log, input);
	return 0;
}
