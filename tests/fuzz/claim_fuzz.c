/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the name of a file says, over any bytes.
 */
#include "fleet/claim.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct claim c;
	if (claim_read(slice_of(data, size), &c) && (!c.host[0] || strlen(c.host) >= sizeof c.host || c.began_ns < 0))
		abort();
	return 0;
}
