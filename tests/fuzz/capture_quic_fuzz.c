/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte, then a datagram (headers, and keys that nearly never fit) where it is even,
 * else what stands in an Initial once it is open.
 */
#include "core/text.h"
#include "ingest/capture/quic.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct quic *quic;
	struct cursor c = cursor_over(slice_of(data, size));
	struct quic_packet p;
	struct quic_crypto piece;
	struct slice opened;
	const char *problem;
	AUTO_TEXT struct text out = text_make(1 << 20);
	if (!quic)
		quic = quic_new();
	if (cursor_u8(&c) % 2) {
		while (quic_crypto(&c, &piece, &problem))
			text_add(&out, piece.bytes);
		if (quic_google_name(slice_of(data, size), &opened))
			text_add(&out, opened);
		return 0;
	}
	while (quic_packet(&c, &p)) {
		text_add(&out, p.bytes);
		if (p.number_at > p.bytes.size)
			abort();
		if (p.type == QUIC_INITIAL && p.how == QUIC_TLS && quic_open(quic, 1, &p, &opened))
			text_add(&out, opened);
	}
	return 0;
}
