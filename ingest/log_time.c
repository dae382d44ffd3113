/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times as logs write them: RFC 3339 and ISO 8601, RFC 3164 (4.1.2), RFC 5424 (6.2.3),
 * RFC 9110 (5.6.7), counts since 1970, and since 1601 in 100 ns (FILETIME).
 *
 *   %Y  year, 4 digits       %H  hour, 0-23         %z  blanks or none, then Z, UTC, GMT,
 *   %y  69-99 19xx, else 20xx %I  hour, 1-12             ±HH, ±HHMM, ±HH:MM; or nothing
 *   %m  month                %M  minute             %p  AM or PM, in any case
 *   %b  Jan … Dec, any case  %S  second (60 too)    %t  T, t or blanks
 *   %d  day                  %f  .123 or ,123; or nothing
 *   %a  letters              %,  a comma or nothing %%  a '%'
 *   %s %i %u %n  a count of s (.123), ms, µs, ns    %e  a count whose size tells its unit
 *   %w  a count of 100 ns since 1601                %A  any of the names below
 *   a blank: one or more blanks; anything else: itself
 *
 * Of the numbers but years the first digit may be missing or be a blank.
 */
#include "ingest/log_time.h"

#include "core/clock.h"

#include <string.h>

static const struct {
	const char *name, *layout;
} common[] = {
	{"iso", "%Y-%m-%d%t%H:%M:%S%f%z"},
	{"syslog", "%b %d %H:%M:%S%f"},
	{"apache", "%d/%b/%Y:%H:%M:%S%z"},
	{"rfc1123", "%a, %d %b %Y %H:%M:%S%z"},
	{"rfc850", "%a, %d-%b-%y %H:%M:%S%z"},
	{"ctime", "%a %b %d %H:%M:%S %Y"},
	{"go", "%Y/%m/%d %H:%M:%S%f%z"},
	{"gin", "%Y/%m/%d - %H:%M:%S%f"},
	{"us", "%m/%d/%Y%, %I:%M:%S%f %p"},
	{"epoch", "%e"},
	{"epoch_s", "%s"},
	{"epoch_ms", "%i"},
	{"epoch_us", "%u"},
	{"epoch_ns", "%n"},
	{"filetime", "%w"},
	{"any", "%A"},
};

enum { ANY_FROM = 0, ANY_TO = 10 /* of `common`: what "any" tries, in this order */ };

/* 1601-01-01 to 1970-01-01. */
#define FILETIME_SHIFT_S INT64_C(11644473600)

struct parts {
	uint64_t year, month, day, hour, minute, second, nanosecond;
	int64_t offset_s;
	int64_t count_ns;
	bool has_year, has_month, has_day, has_offset, has_count, half, afternoon;
	unsigned flags;
};

const char *log_time_name(size_t n)
{
	return n < LENGTH(common) ? common[n].name : NULL;
}

static enum status compile(struct slice text, struct log_time_layout *ret, struct error *err)
{
	struct cursor c = cursor_over(text);
	ret->count = 0;
	while (cursor_left(&c) > 0) {
		unsigned char what = cursor_u8(&c);
		struct log_time_step step = {what == ' ' ? ' ' : 'L', what};
		if (what == '%') {
			step.what = cursor_u8(&c);
			step.literal = '%';
			if (step.what == '%')
				step.what = 'L';
			else if (!step.what || !strchr("YymbdHIMSfpzta,siuenwA", step.what))
				return fail(err, ERR_CONFIG, "a time layout has no %%%c", step.what ? step.what : ' ');
		}
		if (ret->count == LOG_TIME_STEPS_MAX)
			return fail(err, ERR_CONFIG, "a time layout of more than %d parts", LOG_TIME_STEPS_MAX);
		ret->steps[ret->count++] = step;
	}
	return ret->count ? OK : fail(err, ERR_CONFIG, "an empty time layout");
}

enum status log_time_layout(struct slice text, struct log_time_layout *ret, struct error *err)
{
	for (size_t i = 0; i < LENGTH(common); i++)
		if (slice_is(text, common[i].name))
			return compile(slice_of_string(common[i].layout), ret, err);
	if (slice_find(text, '%') == text.size)
		return fail(err, ERR_CONFIG, "\"%.*s\" is neither the name of a time layout nor one with %%",
			    (int)(text.size < 80 ? text.size : 80), text.size ? (const char *)text.at : "");
	return compile(text, ret, err);
}

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
static bool take_offset(struct cursor *c, struct parts *p)
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

static bool take_half(struct cursor *c, struct parts *p)
{
	struct slice word = cursor_take(c, 2);
	p->half = true;
	p->afternoon = slice_is_nocase(word, "pm");
	return p->afternoon || slice_is_nocase(word, "am");
}

static bool take_count(struct cursor *c, int64_t ns, struct parts *p)
{
	uint64_t value, fraction = 0;
	if (!take_digits(c, 1, 19, INT64_MAX, &value) || is_digit(peek(c)) || !take_fraction(c, &fraction) ||
	    (int64_t)value > INT64_MAX / 2 / ns)
		return false;
	p->count_ns = (int64_t)value * ns + (int64_t)(fraction / (uint64_t)(CLOCK_SECOND / ns));
	p->has_count = true;
	return true;
}

/* 2001 to 2200 in each unit. */
static bool take_guessed_count(struct cursor *c, struct parts *p)
{
	static const int64_t units[] = {CLOCK_SECOND, CLOCK_MILLISECOND, 1000, 1};
	struct cursor from = *c;
	for (size_t i = 0; i < LENGTH(units); i++) {
		*c = from;
		if (take_count(c, units[i], p) && p->count_ns / CLOCK_SECOND >= 1000000000 &&
		    p->count_ns / CLOCK_SECOND <= 7258118400) {
			p->flags |= LOG_TIME_UNIT;
			return true;
		}
	}
	return false;
}

static bool take_filetime(struct cursor *c, struct parts *p)
{
	uint64_t value;
	if (!take_digits(c, 17, 18, INT64_MAX, &value) || is_digit(peek(c)))
		return false;
	int64_t seconds = (int64_t)(value / 10000000) - FILETIME_SHIFT_S;
	if (seconds < 0 || seconds > 7258118400)
		return false;
	p->count_ns = seconds * CLOCK_SECOND + (int64_t)(value % 10000000) * 100;
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

static bool take_step(struct log_time_step step, struct cursor *c, struct parts *p)
{
	switch (step.what) {
	case 'L':
		return cursor_u8(c) == step.literal;
	case ' ':
		return take_blanks(c) > 0;
	case 'Y':
		p->has_year = true;
		return take_digits(c, 4, 4, 2200, &p->year) && p->year >= 1970;
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

static bool is_date(uint64_t year, uint64_t month, uint64_t day)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return day <= days[month - 1] && (month != 2 || day <= 28 || leap);
}

/* As if the clock showed UTC. */
static int64_t shown(const struct parts *p, uint64_t year)
{
	int64_t days = clock_days((int64_t)year, (unsigned)p->month, (unsigned)p->day);
	return days * 86400 + (int64_t)(p->hour * 3600 + p->minute * 60 + p->second);
}

/* The last year in which the date lies before the reference, by a day of grace for the
 * zone: in January a line of December is of the year before. */
static bool infer_year(struct parts *p, int64_t reference_ns)
{
	enum { BACK = 8 /* a 29 February may be that far away */ };
	int64_t latest = reference_ns / CLOCK_SECOND + 86400;
	uint64_t year = latest < 0 ? 1970 : 1970 + (uint64_t)latest / 31557600; /* or the next one */
	if (clock_days((int64_t)year + 1, 1, 1) * 86400 <= latest)
		year++;
	p->flags |= LOG_TIME_YEAR;
	for (unsigned i = 0; i <= BACK && year - i >= 1970; i++)
		if (is_date(year - i, p->month, p->day) && shown(p, year - i) <= latest) {
			p->year = year - i;
			return true;
		}
	return false;
}

static bool finish(struct parts *p, const struct log_time_context *with, struct log_time *ret)
{
	ret->flags = p->flags;
	if (p->has_count) {
		ret->ns = p->count_ns;
		ret->flags |= LOG_TIME_STATED;
		return true;
	}
	if (!p->has_month || !p->has_day)
		return false;
	if (p->half)
		p->hour = p->hour % 12 + (p->afternoon ? 12 : 0);
	if (!p->has_year && !infer_year(p, with->reference_ns))
		return false;
	if (!is_date(p->year, p->month, p->day))
		return false;
	int64_t seconds = shown(p, p->year), utc = seconds - p->offset_s;
	ret->flags = p->flags | (p->has_offset ? LOG_TIME_STATED : LOG_TIME_LOCAL);
	if (!p->has_offset) {
		enum zone_kind kind = zone_utc(with->zone, seconds, &utc);
		ret->flags |= kind == ZONE_TWICE ? LOG_TIME_TWICE : kind == ZONE_NEVER ? LOG_TIME_NEVER : 0;
	}
	ret->ns = utc * CLOCK_SECOND + (int64_t)p->nanosecond;
	return true;
}

static bool take_any(const struct log_time_context *with, struct cursor *c, struct log_time *ret)
{
	for (size_t i = ANY_FROM; i < ANY_TO; i++) {
		struct log_time_layout one;
		if (!compile(slice_of_string(common[i].layout), &one, NULL) && log_time_take(&one, with, c, ret))
			return true;
	}
	return false;
}

bool log_time_take(const struct log_time_layout *layout, const struct log_time_context *with,
		   struct cursor *c, struct log_time *ret)
{
	struct cursor from = *c;
	struct parts p = {0};
	if (layout->count && layout->steps[0].what == 'A')
		return take_any(with, c, ret);
	for (size_t i = 0; i < layout->count; i++)
		if (!take_step(layout->steps[i], c, &p) || c->short_read) {
			*c = from;
			return false;
		}
	if (finish(&p, with, ret))
		return true;
	*c = from;
	return false;
}

bool log_time_read(const struct log_time_layout *layout, const struct log_time_context *with,
		   struct slice text, struct log_time *ret)
{
	struct cursor c = cursor_over(text);
	return log_time_take(layout, with, &c, ret) && cursor_left(&c) == 0;
}
