/* SPDX-License-Identifier: Apache-2.0 */
/* A file of events of Windows as XML, read into rows. */
#include "ingest/event_record.h"
#include "ingest/event_split.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Each byte belongs to at most one event, and the events to the file in their order. */
static void split_all(struct slice input)
{
	static struct event_split s;
	static char buffer[EVENT_TEXT_MAX];
	AUTO_INPUT struct input in;
	struct event_record e;
	struct slice event;
	enum line kind;
	uint64_t before = 0, events = 0;
	memset(&s, 0, offsetof(struct event_split, bytes));
	input_over(input, "fuzz", &in);
	in.looked = true; /* as it is, not what is packed in it */
	while ((kind = event_split_next(&s, &in, &event)) != LINE_END) {
		fuzz_require(in.offset > before, "an event of no bytes");
		before = in.offset;
		fuzz_require(++events <= input.size, "more events than bytes");
		if (kind != LINE_TOO_LONG)
			(void)event_record_read(event, buffer, &e);
	}
	fuzz_require(s.state == SPLIT_REFUSED || in.held.size == 0, "bytes that were left");
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	fuzz_require(reader_event_xml.sniff(slice_part(input, 0, INPUT_SNIFF)) <= 100, "surer than sure");
	split_all(input);
	fuzz_read(&reader_event_xml, input);
	return 0;
}
