/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The custody log and the manifest: both JSON of ours, read from foreign folders.
 */
#include "report/custody.h"
#include "report/manifest.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct certificate signer;
	static const struct seal_chain chain = {.present = true};
	static const struct manifest_file file = {.path = "audit.db"};
	const struct manifest_facts facts = {.signer = &signer, .chain = &chain};
	AUTO_TEXT struct text detail = text_make(4096);
	size_t count, line;
	(void)!custody_check(slice_of(data, size), &count, &line);
	(void)!manifest_check(slice_of(data, size), &facts, &file, 1, &detail);
	return 0;
}
