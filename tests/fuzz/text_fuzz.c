/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Foreign bytes made fit to show: what comes out is well-formed UTF-8 without a
 * control character, and its length is bounded by that of what went in.
 */
#include "core/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_shown(struct slice shown)
{
	struct cursor c = cursor_over(shown);
	while (cursor_left(&c) > 0) {
		uint32_t code = 0;
		size_t step = text_utf8(cursor_rest(&c), &code);
		if (step == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0) ||
		    (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
			abort();
		cursor_skip(&c, step);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	size_t most = size ? data[0] : 0;
	const size_t maxima[] = {SIZE_MAX, most};
	for (size_t i = 0; i < LENGTH(maxima); i++) {
		AUTO_TEXT struct text t = text_make(8 * size + 8);
		text_add_printable(&t, slice_of(data, size), maxima[i]);
		if (t.overflow)
			abort();
		check_shown(text_slice(&t));
	}
	AUTO_TEXT struct text small = text_make(most);
	text_add_printable(&small, slice_of(data, size), SIZE_MAX);
	text_add_hex(&small, data, size);
	if (small.size > most || text_string(&small)[small.size] != 0)
		abort();
	return 0;
}
