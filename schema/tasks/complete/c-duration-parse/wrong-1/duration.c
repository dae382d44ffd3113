#include "duration.h"

#include <stdbool.h>

static const struct {
	char name[3];
	uint64_t ms;
} units[] = { { "d", 86400000 }, { "h", 3600000 }, { "m", 60000 }, { "s", 1000 }, { "ms", 1 } };

enum { UNITS = sizeof units / sizeof *units };

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* *total += a * b; false: it would be too much. */
static bool add_product(uint64_t *total, uint64_t a, uint64_t b)
{
	if (b && a > (UINT64_MAX - *total) / b)
		return false;
	*total += a * b;
	return true;
}

enum duration_result duration_parse(const char *text, size_t n, uint64_t *ret)
{
	size_t at = 0, unit = 0;
	uint64_t total = 0;
	bool too_long = false;

	if (!n)
		return DURATION_MALFORMED;
	while (at < n) {
		uint64_t whole = 0, thousandths = 0;
		bool fraction = false, too_great = false;
		size_t first = at;

		for (; at < n && digit(text[at]); at++) {
			uint64_t next = (uint64_t)(text[at] - '0');

			if (too_great || !add_product(&next, whole, 10))
				too_great = true;
			else
				whole = next;
		}
		if (at == first)
			return DURATION_MALFORMED;
		if (at < n && text[at] == '.') {
			uint64_t worth = 100;

			fraction = true;
			first = ++at;
			for (; at < n && digit(text[at]); at++, worth /= 10)
				thousandths += worth * (uint64_t)(text[at] - '0');
			if (at == first || at - first > 3)
				return DURATION_MALFORMED;
		}
		/* "ms" is the last one, so that "m" must not take its first letter */
		if (at + 1 < n && text[at] == 'm' && text[at + 1] == 's') {
			unit = unit < UNITS ? UNITS - 1 : UNITS;
		} else {
			while (unit < UNITS && (at == n || units[unit].name[1] || units[unit].name[0] != text[at]))
				unit++;
		}
		if (unit == UNITS || (fraction && units[unit].ms == 1))
			return DURATION_MALFORMED;
		at += units[unit].name[1] ? 2 : 1;
		if (too_great || !add_product(&total, whole, units[unit].ms) ||
		    !add_product(&total, thousandths, units[unit].ms / 1000))
			return DURATION_TOO_LONG;
		unit++;
	}
	if (too_long)
		return DURATION_TOO_LONG;
	*ret = total;
	return DURATION_OK;
}
