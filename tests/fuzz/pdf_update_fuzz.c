/* SPDX-License-Identifier: Apache-2.0 */
/* A file that should be a PDF, to which an update is to be added. */
#include "report/pdf_update.h"

#include <stdlib.h>

enum { TEXT_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct pdf_update u;
	struct error err = {0};
	AUTO_TEXT struct text out = text_make(TEXT_MAX);
	if (pdf_update_begin(slice_of(data, size), &out, &u, &err)) {
		require(err.status == ERR_MALFORMED && err.text[0]);
		return 0;
	}
	uint64_t number = pdf_update_number(&u);
	struct slice dictionary;
	if (pdf_update_dictionary(&u, u.first_page, &dictionary, &err) == OK)
		require(dictionary.size > 0 && dictionary.size < size);
	pdf_update_open(&u, number);
	pdf_update_string(&out, "a");
	pdf_update_close(&u);
	pdf_update_end(&u);
	require(out.overflow || (out.size > size && slice_ends(text_slice(&out), "%%EOF\n")));
	return 0;
}
