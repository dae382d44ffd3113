/* SPDX-License-Identifier: Apache-2.0 */
/* known.ndjson: what is taken of it is written as lines that are taken again. */
#include "cli/audit_known.h"
#include "core/text.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	AUTO_AUDIT_KNOWN struct audit_known *k = audit_known_new(), *again = audit_known_new();
	AUTO_TEXT struct text first = text_make(1 << 24), second = text_make(1 << 24);
	if (audit_known_parse(k, slice_of(data, size)))
		return 0;
	audit_known_write(k, &first);
	fuzz_require(!audit_known_parse(again, text_slice(&first)), "lines of ours are not taken");
	audit_known_write(again, &second);
	fuzz_require(slice_equal(text_slice(&first), text_slice(&second)), "and are others when they are");
	return 0;
}
