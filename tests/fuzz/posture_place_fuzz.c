/* SPDX-License-Identifier: Apache-2.0 */
/* Values of settings as places: a host is a part of its value, and what clients disagree
 * on is never this machine. */
#include "ingest/posture/place.h"
#include "ingest/posture/posture.h"
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool is_odd(struct slice host)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:%";
	for (size_t i = 0; i < host.size; i++)
		if (!memchr(plain, host.at[i], sizeof plain - 1))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice value = slice_of(data, size);
	struct place p;
	const char *reach = posture_reach(value);
	if (!place_read(value, &p)) {
		fuzz_require(!reach, "a place that is none");
		return 0;
	}
	fuzz_require(p.host.size <= size, "a host that is longer than its value");
	fuzz_require(p.host.size == 0 || (p.host.at >= data && p.host.at + p.host.size <= data + size), "a host of elsewhere");
	fuzz_require(!p.doubtful || (p.url && reach && !strcmp(reach, "doubtful")), "a doubt that is not told");
	if (p.url && reach && !strcmp(reach, "loopback")) {
		size_t slash = slice_search(value, SLICE("://")) + 3;
		struct slice authority = slice_part(value, slash, slice_find(slice_part(value, slash, size), '/'));
		fuzz_require(!is_odd(p.host) && slice_find(authority, '\\') == authority.size, "odd, and called local");
	}
	return 0;
}
