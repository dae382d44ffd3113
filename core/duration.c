/* SPDX-License-Identifier: Apache-2.0 */
#include "core/duration.h"

#include "core/clock.h"

static const struct {
	const char *unit;
	int64_t ns;
} units[] = {
	{"ms", CLOCK_MILLISECOND},   {"s", CLOCK_SECOND},	   {"m", 60 * CLOCK_SECOND},
	{"h", 3600 * CLOCK_SECOND}, {"d", CLOCK_DAY},
};

enum status duration_parse(const char *text, const char *what, int64_t *ret_ns, struct error *err)
{
	struct slice all = slice_of_string(text);
	size_t digits = 0;
	while (digits < all.size && all.at[digits] >= '0' && all.at[digits] <= '9')
		digits++;
	uint64_t number;
	for (size_t i = 0; i < LENGTH(units); i++) {
		if (!slice_is(slice_part(all, digits, all.size), units[i].unit))
			continue;
		uint64_t most = (uint64_t)(365 * CLOCK_DAY / units[i].ns);
		if (!slice_u64(slice_part(all, 0, digits), most, &number))
			break;
		*ret_ns = (int64_t)number * units[i].ns;
		return OK;
	}
	return fail(err, ERR_USAGE, "%s takes a time such as 500ms, 10s, 5m, 2h or 1d, not \"%s\"", what,
		    text);
}

enum status duration_parse_or_0(const char *text, const char *what, int64_t *ret_ns, struct error *err)
{
	if (!slice_is(slice_of_string(text), "0"))
		return duration_parse(text, what, ret_ns, err);
	*ret_ns = 0;
	return OK;
}
