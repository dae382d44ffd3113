/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/tls.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static unsigned char buffer[TLS_HELLO_MAX];
	struct tls_hello h;
	AUTO_TEXT struct text out = text_make(1 << 16);
	if (tls_client_hello(slice_of(data, size), buffer, &h) == TLS_HELLO) {
		tls_detail(&h, 't', &out);
		text_add(&out, h.name); /* every byte of it is read */
		if (out.size < h.name.size)
			abort();
	}
	struct cursor c = cursor_over(slice_of(data, size));
	struct tls_piece piece;
	while (tls_datagram(&c, &piece))
		if (tls_datagram_hello(piece.bytes, &h) == TLS_HELLO)
			tls_detail(&h, 'd', &out);
	if (tls_old_hello(slice_of(data, size), &h) == TLS_HELLO)
		tls_detail(&h, 't', &out);
	return 0;
}
