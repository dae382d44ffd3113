/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/event.h"

enum {
	SOCKADDR_MAX = 128,
	FAMILY_V4 = 2,
	FAMILY_V6 = 23,
};

void event_skip_sid(struct cursor *c)
{
	cursor_skip(c, 1);
	size_t count = cursor_u8(c);
	cursor_skip(c, 6 + 4 * count);
}

struct address event_sockaddr(struct cursor *c, uint16_t *ret_port)
{
	size_t size = cursor_le32(c);
	struct cursor end = cursor_child(c, size <= SOCKADDR_MAX ? size : SIZE_MAX);
	unsigned family = cursor_le16(&end);
	*ret_port = cursor_be16(&end);
	cursor_skip(&end, family == FAMILY_V6 ? 4 : 0);
	struct slice bytes = cursor_take(&end, family == FAMILY_V4 ? 4 : family == FAMILY_V6 ? 16 : 0);
	if (bytes.size == 0) {
		c->short_read |= size > 0;
		return (struct address){.family = ADDRESS_NONE};
	}
	return family == FAMILY_V4 ? address_v4(bytes.at) : address_v6(bytes.at);
}
