/* SPDX-License-Identifier: Apache-2.0 */
#include "core/byte_size.h"

#include "core/cursor.h"

enum { MOST_SHIFT = 50 };

static const struct {
	const char *unit;
	unsigned shift;
} units[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}};

enum status byte_size_parse(const char *text, const char *what, uint64_t *ret, struct error *err)
{
	struct slice all = slice_of_string(text);
	size_t digits = 0;
	uint64_t number = 0;
	while (digits < all.size && all.at[digits] >= '0' && all.at[digits] <= '9')
		digits++;
	bool good = slice_is(all, "0");
	for (size_t i = 0; i < LENGTH(units) && !good; i++) {
		good = slice_is(slice_part(all, digits, all.size), units[i].unit) &&
		       slice_u64(slice_part(all, 0, digits), (UINT64_C(1) << MOST_SHIFT) >> units[i].shift, &number);
		number <<= good ? units[i].shift : 0;
	}
	if (!good)
		return fail(err, ERR_USAGE, "%s takes a size such as 64KiB, 500MiB or 1GiB, or 0, not \"%s\"", what, text);
	*ret = number;
	return OK;
}
