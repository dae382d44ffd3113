/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9260, section 3:
 *
 *   header  ports:16,16  tag:32  checksum:32
 *   chunk   type:8 flags:8 size:16 value, filled to a multiple of 4
 *   DATA    type 0: number:32 stream:16,16 protocol:32, then bytes
 *   I-DATA  type 64 (RFC 8260, section 2.1): 4 bytes more in front
 *
 * Payload is what the DATA chunks carry. Chunks that were not captured count in full:
 * most of a long packet is data.
 */
#include "ingest/capture/packet.h"

enum {
	HEADER = 12,
	CHUNK_HEADER = 4,
	CHUNK_DATA = 0,
	CHUNK_I_DATA = 64,
	DATA_HEADER = 16,
	I_DATA_HEADER = 20,
	CHUNKS_MAX = 1024,
};

const char *sctp_read(struct cursor *c, struct packet *p)
{
	size_t left = p->size > HEADER ? p->size - HEADER : 0;
	p->sport = cursor_be16(c);
	p->dport = cursor_be16(c);
	p->has_ports = !c->short_read;
	cursor_skip(c, HEADER - 4);
	if (c->short_read)
		return "an SCTP header that is cut off";
	p->payload_size = 0;
	for (int i = 0; left > 0; i++) {
		struct cursor head = *c;
		unsigned type = cursor_u8(&head);
		cursor_skip(&head, 1);
		size_t size = cursor_be16(&head), filled = (size + 3) / 4 * 4;
		size_t header = type == CHUNK_DATA     ? DATA_HEADER
				: type == CHUNK_I_DATA ? I_DATA_HEADER
						       : size;
		if (head.short_read && cursor_left(c) < left) {
			p->payload_size += left;
			return NULL;
		}
		if (head.short_read || size < CHUNK_HEADER || size > left || size < header)
			return "an SCTP chunk whose length is wrong";
		if (i == CHUNKS_MAX)
			return "more SCTP chunks than are read";
		if (size > header && p->payload.size == 0)
			p->payload = slice_part(cursor_rest(c), header, size - header);
		p->payload_size += size - header;
		left -= filled < left ? filled : left;
		cursor_skip(c, filled < cursor_left(c) ? filled : cursor_left(c));
	}
	return NULL;
}
