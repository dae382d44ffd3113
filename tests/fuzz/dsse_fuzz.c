/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The envelope around a statement, and the statement in it.
 */
#include "report/dsse.h"
#include "report/statement.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct certificate signer;
	static const struct seal_chain chain = {.present = true, .path = SEAL_EVIDENCE};
	static const struct manifest_file file = {.path = "audit.db"};
	AUTO_TEXT struct text payload = text_make(DSSE_PAYLOAD_MAX);
	struct statement found;
	(void)!dsse_check(slice_of(data, size), STATEMENT_TYPE, &signer, &payload);
	(void)!statement_check(slice_of(data, size), &chain, &file, 1, &found);
	return 0;
}
