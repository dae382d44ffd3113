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
#include "ingest/log_time_part.h"

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

static bool is_date(uint64_t year, uint64_t month, uint64_t day)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return day <= days[month - 1] && (month != 2 || day <= 28 || leap);
}

/* As if the clock showed UTC. */
static int64_t shown(const struct log_time_parts *p, uint64_t year)
{
	int64_t days = clock_days((int64_t)year, (unsigned)p->month, (unsigned)p->day);
	return days * 86400 + (int64_t)(p->hour * 3600 + p->minute * 60 + p->second);
}

/* The last year in which the date lies before the reference, by a day of grace for the
 * zone: in January a line of December is of the year before. */
static bool infer_year(struct log_time_parts *p, int64_t reference_ns)
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

static bool finish(struct log_time_parts *p, const struct log_time_context *with, struct log_time *ret)
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
	struct log_time_parts p = {0};
	if (layout->count && layout->steps[0].what == 'A')
		return take_any(with, c, ret);
	for (size_t i = 0; i < layout->count; i++)
		if (!log_time_part(layout->steps[i], c, &p) || c->short_read) {
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
