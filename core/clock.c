/* SPDX-License-Identifier: Apache-2.0 */
#include "core/clock.h"

#include <stdio.h>

/* The year is taken to start in March, so that the leap day stands last; 400
 * years are 146,097 days, and 719,468 days lie between 0000-03-01 and 1970. */
int64_t clock_days(int64_t year, unsigned month, unsigned day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil {
	int64_t year;
	unsigned month, day, hour, minute, second, nanosecond;
};

static struct civil civil_of(int64_t wall_ns)
{
	int64_t seconds = wall_ns / CLOCK_SECOND, rest = wall_ns % CLOCK_SECOND;
	if (rest < 0) {
		rest += CLOCK_SECOND;
		seconds--;
	}
	int64_t days = seconds / 86400, of_day = seconds % 86400;
	if (of_day < 0) {
		of_day += 86400;
		days--;
	}
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct civil c = {
		.year = year_of_era + era * 400 + (month >= 10),
		.month = (unsigned)(month < 10 ? month + 3 : month - 9),
		.day = (unsigned)(of_year - (153 * month + 2) / 5 + 1),
		.hour = (unsigned)(of_day / 3600),
		.minute = (unsigned)(of_day / 60 % 60),
		.second = (unsigned)(of_day % 60),
		.nanosecond = (unsigned)rest,
	};
	return c;
}

void clock_text(int64_t wall_ns, unsigned digits, char ret[static CLOCK_TEXT_MAX])
{
	struct civil c = civil_of(wall_ns);
	char fraction[16] = "";
	if (digits > 9)
		digits = 9;
	if (digits > 0) {
		snprintf(fraction, sizeof fraction, ".%09u", c.nanosecond);
		fraction[1 + digits] = 0;
	}
	snprintf(ret, CLOCK_TEXT_MAX, "%04lld-%02u-%02uT%02u:%02u:%02u%sZ", (long long)c.year, c.month,
		 c.day, c.hour, c.minute, c.second, fraction);
}

void clock_compact(int64_t wall_ns, char ret[static CLOCK_TEXT_MAX])
{
	struct civil c = civil_of(wall_ns);
	snprintf(ret, CLOCK_TEXT_MAX, "%04lld%02u%02uT%02u%02u%02uZ", (long long)c.year, c.month, c.day,
		 c.hour, c.minute, c.second);
}

/* Takes exactly `digits` digits with `before` in front of them (0: nothing). */
static bool take_number(struct cursor *c, char before, size_t digits, uint64_t max, uint64_t *ret)
{
	if (before && cursor_u8(c) != (unsigned char)before)
		return false;
	return slice_u64(cursor_take(c, digits), max, ret);
}

static unsigned days_of_month(uint64_t year, uint64_t month)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

/* ".123" → 123,000,000; no point → 0. */
static bool take_fraction(struct cursor *c, uint64_t *ret)
{
	*ret = 0;
	if (cursor_left(c) == 0 || !slice_is(slice_part(cursor_rest(c), 0, 1), "."))
		return true;
	cursor_skip(c, 1);
	struct slice rest = cursor_rest(c);
	size_t digits = 0;
	while (digits < rest.size && rest.at[digits] >= '0' && rest.at[digits] <= '9')
		digits++;
	if (digits > 9 || !slice_u64(cursor_take(c, digits), 999999999, ret))
		return false;
	for (size_t i = digits; i < 9; i++)
		*ret *= 10;
	return true;
}

/* "Z" → 0, "+02:00" → 7200. */
static bool take_offset(struct cursor *c, int64_t *ret)
{
	unsigned char sign = cursor_u8(c);
	*ret = 0;
	if (sign == 'Z' || sign == 'z')
		return true;
	uint64_t hours, minutes;
	if ((sign != '+' && sign != '-') || !take_number(c, 0, 2, 23, &hours) ||
	    !take_number(c, ':', 2, 59, &minutes))
		return false;
	*ret = (int64_t)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
	return true;
}

bool clock_parse(struct slice text, int64_t *ret_wall_ns)
{
	struct cursor c = cursor_over(text);
	uint64_t year, month, day, hour, minute, second, fraction;
	int64_t offset;
	if (!take_number(&c, 0, 4, 2200, &year) || year < 1970 ||
	    !take_number(&c, '-', 2, 12, &month) || month < 1 ||
	    !take_number(&c, '-', 2, 31, &day) || day < 1 || day > days_of_month(year, month))
		return false;
	unsigned char between = cursor_u8(&c);
	if (between != 'T' && between != 't' && between != ' ')
		return false;
	if (!take_number(&c, 0, 2, 23, &hour) || !take_number(&c, ':', 2, 59, &minute) ||
	    !take_number(&c, ':', 2, 60, &second) || !take_fraction(&c, &fraction) ||
	    !take_offset(&c, &offset) || cursor_left(&c) > 0)
		return false;
	int64_t days = clock_days((int64_t)year, (unsigned)month, (unsigned)day);
	int64_t seconds = days * 86400 + (int64_t)(hour * 3600 + minute * 60 + second) - offset;
	*ret_wall_ns = seconds * CLOCK_SECOND + (int64_t)fraction;
	return true;
}
