/* SPDX-License-Identifier: Apache-2.0 */
/* The proxy of the environment: whatever it says, only this machine or the sink is asked. */
#include "cli/probe_target.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct challenge c = {0};
	struct address a;
	unsigned port = 0;
	if (!address_parse(SLICE("192.0.2.2"), &c.sink))
		abort();
	if (probe_proxy(slice_of(data, size), &c, &a, &port))
		return 0;
	if (port == 0 || port > 65535 || (address_class(&a) != CLASS_LOOPBACK && !address_equal(&a, &c.sink)))
		abort();
	return 0;
}
