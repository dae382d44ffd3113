/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A site's tiers: whatever is read can be asked for any amount of memory.
 */
#include "benchmark/machine.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct tiers t;
	struct error err = {0};
	char warning[TIER_WARNING_MAX];
	enum status status = tiers_read(slice_of(data, size), &t, &err);
	if (status) {
		if (!err.text[0] || (status != ERR_CONFIG && status != ERR_LIMIT))
			abort();
		return 0;
	}
	for (unsigned shift = 0; shift < 64; shift++) {
		uint64_t bytes = shift ? UINT64_C(1) << shift : 0;
		const struct tier *tier = tiers_for(&t, bytes, warning);
		double gib = (double)bytes / (1 << 30);
		if (!memchr(warning, 0, sizeof warning) || (!tier && warning[0]) ||
		    (tier && (gib > tier->below_gib || gib < tier->from_gib || !tier->name[0] || !tier->model[0])))
			abort();
	}
	return 0;
}
