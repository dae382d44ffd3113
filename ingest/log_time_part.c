/* SPDX-License-Identifier: Apache-2.0 */
/* The letters of a layout are explained in log_time.c. */
#include "ingest/log_time_part.h"

#include "core/clock.h"

enum { YEAR_MIN = 1970, YEAR_MAX = 2200 };

/* 1601-01-01 to 1970-01-01. */
#define FILETIME_SHIFT_S INT64_C(11644473600)
#define FILETIME_SECOND 10000000 /* of 100 ns */

#define GUESS_FROM_S INT64_C(1000000000) /* 2001-09-09 */
#define LATEST_S INT64_C(7258118400)     /* 2200-01-01 */

static int peek(const struct cursor *c)
{
	struct slice next = slice_part(cursor_rest(c), 0, 1);
	return next.size ? next.at[0] : -1;
}

static bool is_digit(int byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(int byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static size_t take_blanks(struct cursor *c)
{
	size_t n = 0;
	for (; peek(c) == ' ' || peek(c) == '\t'; n++)
		cursor_skip(c, 1);
	return n;
}

/* Between `least` and `most` digits. */
static bool take_digits(struct cursor *c, size_t least, size_t most, uint64_t max, uint64_t *ret)
{
	size_t n = 0;
	*ret = 0;
	for (; n < most && is_digit(peek(c)); n++)
		*ret = *ret * 10 + (uint64_t)(cursor_u8(c) - '0');
	return n >= least && *ret <= max;
}

static bool take_small(struct cursor *c, uint64_t min, uint64_t max, uint64_t *ret)
{
	if (peek(c) == ' ')
		cursor_skip(c, 1);
	return take_digits(c, 1, 2, max, ret) && *ret >= min;
}

static bool take_month(struct cursor *c, uint64_t *ret)
{
	static const char names[][4] = {"jan", "feb", "mar", "apr", "may", "jun",
					"jul", "aug", "sep", "oct", "nov", "dec"};
	struct slice word = cursor_take(c, 3);
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is_nocase(word, names[i])) {
			*ret = i + 1;
			return true;
		}
	return false;
}

/* ".5" is 500,000,000; digits behind the ninth are passed over. */
static bool take_fraction(struct cursor *c, uint64_t *ret)
{
	*ret = 0;
	struct cursor from = *c;
	if (peek(c) != '.' && peek(c) != ',')
		return true;
	cursor_skip(c, 1);
	size_t n = 0;
	for (; is_digit(peek(c)); n++) {
		unsigned char digit = cursor_u8(c);
		if (n < 9)
			*ret = *ret * 10 + (uint64_t)(digit - '0');
	}
	for (size_t i = n; i < 9; i++)
		*ret *= 10;
	if (n == 0)
		*c = from; /* a full stop behind the time */
	return true;
}

/* Z, UTC, GMT; +02, +0200, +02:00. Where none of them stands there, nothing is taken. */
static bool take_offset(struct cursor *c, struct log_time_parts *p)
{
	struct cursor from = *c;
	uint64_t hours, minutes = 0;
	take_blanks(c);
	struct slice word = slice_part(cursor_rest(c), 0, 3);
	int sign = peek(c);
	p->has_offset = true;
	if (slice_is(word, "UTC") || slice_is(word, "GMT")) {
		cursor_skip(c, 3);
		return true;
	}
	if (sign == 'Z' || sign == 'z') {
		cursor_skip(c, 1);
		if (!is_letter(peek(c)))
			return true;
	}
	if (sign == '+' || sign == '-') {
		cursor_skip(c, 1);
		bool good = take_digits(c, 2, 2, 18, &hours);
		if (good && peek(c) == ':') {
			cursor_skip(c, 1);
			good = take_digits(c, 2, 2, 59, &minutes);
		} else if (good && is_digit(peek(c))) {
			good = take_digits(c, 2, 2, 59, &minutes);
		}
		p->offset_s = (int64_t)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
		if (good)
			return true;
	}
	p->has_offset = false;
	*c = from;
	return true;
}

static bool take_half(struct cursor *c, struct log_time_parts *p)
{
	struct slice word = cursor_take(c, 2);
	p->half = true;
	p->afternoon = slice_is_nocase(word, "pm");
	return p->afternoon || slice_is_nocase(word, "am");
}

static bool take_count(struct cursor *c, int64_t ns, struct log_time_parts *p)
{
	uint64_t value, fraction = 0;
	if (!take_digits(c, 1, 19, INT64_MAX, &value) || is_digit(peek(c)) || !take_fraction(c, &fraction) ||
	    (int64_t)value > INT64_MAX / 2 / ns)
		return false;
	p->count_ns = (int64_t)value * ns + (int64_t)(fraction / (uint64_t)(CLOCK_SECOND / ns));
	p->has_count = true;
	return true;
}

/* The first unit in which it lies in our days. */
static bool take_guessed_count(struct cursor *c, struct log_time_parts *p)
{
	static const int64_t units[] = {CLOCK_SECOND, CLOCK_MILLISECOND, 1000, 1};
	struct cursor from = *c;
	for (size_t i = 0; i < LENGTH(units); i++) {
		*c = from;
		if (take_count(c, units[i], p) && p->count_ns / CLOCK_SECOND >= GUESS_FROM_S &&
		    p->count_ns / CLOCK_SECOND <= LATEST_S) {
			p->flags |= LOG_TIME_UNIT;
			return true;
		}
	}
	return false;
}

static bool take_filetime(struct cursor *c, struct log_time_parts *p)
{
	uint64_t value;
	if (!take_digits(c, 17, 18, INT64_MAX, &value) || is_digit(peek(c)))
		return false;
	int64_t seconds = (int64_t)(value / FILETIME_SECOND) - FILETIME_SHIFT_S;
	if (seconds < 0 || seconds > LATEST_S)
		return false;
	p->count_ns = seconds * CLOCK_SECOND + (int64_t)(value % FILETIME_SECOND) * 100;
	p->has_count = true;
	return true;
}

static bool take_letters(struct cursor *c)
{
	size_t n = 0;
	for (; n < 16 && is_letter(peek(c)); n++)
		cursor_skip(c, 1);
	return n > 0;
}

bool log_time_part(struct log_time_step step, struct cursor *c, struct log_time_parts *p)
{
	switch (step.what) {
	case 'L':
		return cursor_u8(c) == step.literal;
	case ' ':
		return take_blanks(c) > 0;
	case 'Y':
		p->has_year = true;
		return take_digits(c, 4, 4, YEAR_MAX, &p->year) && p->year >= YEAR_MIN;
	case 'y':
		p->has_year = take_digits(c, 2, 2, 99, &p->year);
		p->year += p->year >= 70 ? 1900 : 2000;
		return p->has_year;
	case 'm':
		return p->has_month = take_small(c, 1, 12, &p->month);
	case 'b':
		return p->has_month = take_month(c, &p->month);
	case 'd':
		return p->has_day = take_small(c, 1, 31, &p->day);
	case 'H':
		return take_small(c, 0, 23, &p->hour);
	case 'I':
		return take_small(c, 1, 12, &p->hour);
	case 'M':
		return take_small(c, 0, 59, &p->minute);
	case 'S':
		return take_small(c, 0, 60, &p->second);
	case 'f':
		return take_fraction(c, &p->nanosecond);
	case 'p':
		return take_half(c, p);
	case 'z':
		return take_offset(c, p);
	case 't':
		if (peek(c) == 'T' || peek(c) == 't') {
			cursor_skip(c, 1);
			return true;
		}
		return take_blanks(c) > 0;
	case 'a':
		return take_letters(c);
	case ',':
		if (peek(c) == ',')
			cursor_skip(c, 1);
		return true;
	case 's':
		return take_count(c, CLOCK_SECOND, p);
	case 'i':
		return take_count(c, CLOCK_MILLISECOND, p);
	case 'u':
		return take_count(c, 1000, p);
	case 'n':
		return take_count(c, 1, p);
	case 'e':
		return take_guessed_count(c, p);
	default:
		return take_filetime(c, p);
	}
}
