/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_ETL_EVENT_H
#define TESTS_FUZZ_ETL_EVENT_H

/*
 * An event as the decoders of payloads get it, from
 *
 *   kind:1 (bit 0: of the kernel; bit 1: pointers of 4 bytes)  group:1  opcode:1
 *   version:1  id:2  keyword:8  payload
 */

#include "ingest/etl/event.h"

static inline struct event fuzz_event(struct slice input)
{
	struct cursor c = cursor_over(input);
	unsigned kind = cursor_u8(&c);
	struct event e = {.kind = kind & 1 ? EVENT_KERNEL : EVENT_MANIFEST,
			  .pointer = kind & 2 ? 4 : 8,
			  .pid = 4,
			  .tid = EVENT_NOBODY,
			  .group = cursor_u8(&c)};
	e.opcode = cursor_u8(&c);
	e.version = cursor_u8(&c);
	e.id = cursor_le16(&c);
	e.keyword = cursor_le64(&c);
	e.payload = cursor_rest(&c);
	return e;
}

#endif
