/* SPDX-License-Identifier: Apache-2.0 */
#include "report/cms.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cms_signed found;
	if (!cms_check(slice_of(data, size), &found))
		certificate_free(&found.certificate);
	return 0;
}
