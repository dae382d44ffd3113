/* SPDX-License-Identifier: Apache-2.0 */
#include "core/text.h"
#include "ingest/capture/http.h"
#include "ingest/capture/http2.h"
#include "ingest/capture/socks.h"
#include "ingest/capture/starttls.h"

#include <stdlib.h>

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
	struct http2_request second;
	struct socks_request third;
	const char *app = NULL;
	if (http2_request(slice_of(data, size), &second) == HTTP2_REQUEST)
		text_add_string(&out, second.authority);
	if (socks_first(slice_of(data, size), &third) == SOCKS_REQUEST ||
	    socks_next(slice_of(data, size), &third) == SOCKS_REQUEST)
		text_add(&out, third.host);
	if (starttls_request(slice_of(data, size), &app) > size)
		abort();
	return 0;
}
