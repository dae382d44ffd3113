/* SPDX-License-Identifier: Apache-2.0 */
#include "core/text.h"
#include "ingest/capture/http.h"
#include "ingest/capture/quic.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct http_request r;
	AUTO_TEXT struct text out = text_make(1 << 20);
	if (http_request(slice_of(data, size), &r) != HTTP_NOT) {
		text_add(&out, r.method);
		text_add(&out, r.target);
		text_add(&out, r.host);
	}
	(void)quic_is_initial(slice_of(data, size));
	return 0;
}
