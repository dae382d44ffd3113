/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses and ranges as text: what is read is written and read again the same,
 * and an address is in the range that it makes with any length of prefix.
 */
#include "core/address.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_address(const struct address *a)
{
	char text[ADDRESS_TEXT_MAX];
	struct address again;
	address_text(a, text);
	require(address_parse(slice_of_string(text), &again));
	require(address_equal(a, &again));
	require(address_class_name(address_class(a))[0] != 0);
	unsigned most = a->family == ADDRESS_V4 ? 32 : 128;
	for (unsigned bits = 0; bits <= most; bits++)
		require(address_in(a, &(struct address_range){*a, bits}));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct address a;
	struct address_range range;
	if (address_parse(slice_of(data, size), &a)) {
		check_address(&a);
		require(address_range_parse(slice_of(data, size), &range));
	}
	if (address_range_parse(slice_of(data, size), &range)) {
		check_address(&range.from);
		require(address_in(&range.from, &range));
		require(range.bits <= (range.from.family == ADDRESS_V4 ? 32U : 128U));
	}
	if (size >= 16) {
		a = address_v6(data);
		check_address(&a);
	}
	return 0;
}
