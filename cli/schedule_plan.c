/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_plan.h"

#include "core/clock.h"
#include "core/duration.h"

#include <time.h>

enum { HEAD_MAX = 4096, DAY_HOURS = 24, LINE_WORD_MAX = 16 };

static const char MARK[] = "Written by airgap-verify schedule install: ";

/* "02:30": two digits each. */
static bool parse_at(struct slice text, struct schedule_times *ret)
{
	struct cursor c = cursor_over(text);
	uint64_t hour, minute;
	if (!slice_u64(cursor_take(&c, 2), 23, &hour) || cursor_u8(&c) != ':' ||
	    !slice_u64(cursor_take(&c, 2), 59, &minute) || cursor_left(&c) > 0)
		return false;
	ret->hour = (unsigned)hour;
	ret->minute = (unsigned)minute;
	return true;
}

static bool is_every(int64_t hours)
{
	return hours >= 1 && hours <= DAY_HOURS && DAY_HOURS % hours == 0;
}

enum status schedule_times_parse(const char *at, const char *every, struct schedule_times *ret, struct error *err)
{
	int64_t ns;
	enum status status = duration_parse(every ? every : "24h", "--every", &ns, err);
	if (status)
		return status;
	if (!parse_at(slice_of_string(at ? at : "02:30"), ret))
		return fail(err, ERR_USAGE, "--at takes the time of day as HH:MM, 02:30 for instance, not \"%s\"", at);
	int64_t hours = ns / (3600 * CLOCK_SECOND);
	if (ns % (3600 * CLOCK_SECOND) || !is_every(hours))
		return fail(err, ERR_USAGE, "--every takes whole hours that divide a day (1h, 2h, 3h, 4h, 6h, 8h, 12h or 24h), "
			    "not \"%s\"", every);
	ret->every = (unsigned)hours;
	return OK;
}

enum status schedule_times_follow(int64_t policy_ns, struct schedule_times *t, struct error *err)
{
	int64_t hours = policy_ns / (3600 * CLOCK_SECOND);
	if (policy_ns % (3600 * CLOCK_SECOND) || !is_every(hours))
		return fail(err, ERR_CONFIG, "every in [audit] of the policy is not whole hours that divide a day (1h, 2h, 3h, 4h, 6h, 8h, "
			    "12h or 24h): give --every, which then holds for the audit too");
	t->every = (unsigned)hours;
	return OK;
}

unsigned schedule_times_first(const struct schedule_times *t)
{
	return t->hour % t->every;
}

/* Local hours, not seconds from midnight: on the day that the clock is put forward or back
 * the schedulers go by what it shows, too. */
int64_t schedule_times_next(const struct schedule_times *t, int64_t now_ns)
{
	time_t now = (time_t)(now_ns / CLOCK_SECOND);
	struct tm today;
	localtime_r(&now, &today);
	for (unsigned hour = schedule_times_first(t);; hour += t->every) {
		struct tm then = {
			.tm_year = today.tm_year,
			.tm_mon = today.tm_mon,
			.tm_mday = today.tm_mday + (int)(hour / DAY_HOURS),
			.tm_hour = (int)(hour % DAY_HOURS),
			.tm_min = (int)t->minute,
			.tm_isdst = -1,
		};
		time_t at = mktime(&then);
		if (at > now)
			return (int64_t)at * CLOCK_SECOND;
	}
}

/* The beginning of a file in one byte a character; what is not ASCII becomes '?'. */
static struct slice narrow(struct slice file, unsigned char ret[static HEAD_MAX])
{
	struct cursor c = cursor_over(slice_part(file, 0, 2 * HEAD_MAX));
	size_t size = 0;
	if (cursor_le16(&c) != 0xFEFF)
		return slice_part(file, 0, HEAD_MAX);
	while (size < HEAD_MAX && cursor_left(&c) >= 2) {
		uint16_t unit = cursor_le16(&c);
		ret[size++] = unit < 0x80 ? (unsigned char)unit : '?';
	}
	return slice_of(ret, size);
}

/* Behind the mark: "at 02:30 every 24h; …". */
static bool parse_line(struct slice line, struct schedule_times *ret)
{
	struct cursor c = cursor_over(line);
	struct slice name, at, again, every;
	uint64_t hours;
	if (!cursor_word(&c, LINE_WORD_MAX, &name) || !slice_is(name, "at") || !cursor_word(&c, LINE_WORD_MAX, &at) ||
	    !cursor_word(&c, LINE_WORD_MAX, &again) || !slice_is(again, "every") || !cursor_word(&c, LINE_WORD_MAX, &every))
		return false;
	if (!slice_ends(every, "h;") || !slice_u64(slice_part(every, 0, every.size - 2), DAY_HOURS, &hours) ||
	    !is_every((int64_t)hours))
		return false;
	ret->every = (unsigned)hours;
	return parse_at(at, ret);
}

bool schedule_times_of_file(struct slice file, struct schedule_times *ret)
{
	unsigned char buffer[HEAD_MAX];
	struct slice head = narrow(file, buffer);
	size_t at = slice_search(head, slice_of_string(MARK));
	*ret = (struct schedule_times){0};
	if (at == head.size)
		return false;
	struct cursor c = cursor_over(slice_part(head, at + sizeof MARK - 1, head.size));
	struct slice line;
	if (!cursor_line(&c, &line, NULL) || !parse_line(line, ret))
		*ret = (struct schedule_times){0};
	return true;
}
