/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9000, section 17.2.2: 1 1 type:2 …:4  version:32  destination size:8 bytes
 * source size:8 bytes  token …; Initial is type 0, in version 2 type 1 (RFC 9369,
 * section 3.2).
 */
#include "ingest/capture/quic.h"

enum {
	CONNECTION_ID_MAX = 20,
	VERSION_1 = 1,
	VERSION_2 = 0x6b3343cf,
};

/* The drafts before RFC 9000, as far as they were in use. */
static bool is_draft(uint32_t version)
{
	return version >= 0xff000017 && version <= 0xff000022;
}

bool quic_is_initial(struct slice datagram)
{
	struct cursor c = cursor_over(datagram);
	unsigned first = cursor_u8(&c), type = first >> 4 & 3;
	uint32_t version = cursor_be32(&c);
	if (first >> 6 != 3 || (version != VERSION_1 && version != VERSION_2 && !is_draft(version)))
		return false;
	size_t destination = cursor_u8(&c);
	cursor_skip(&c, destination);
	size_t source = cursor_u8(&c);
	cursor_skip(&c, source);
	return !c.short_read && destination <= CONNECTION_ID_MAX && source <= CONNECTION_ID_MAX &&
	       type == (version == VERSION_2 ? 1 : 0);
}
