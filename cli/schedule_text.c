/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_text.h"

#include <string.h>

enum { DAY = 24, FIELD_MAX = 32, DELAY_PARTS = 48, TASK_PROGRAM_MAX = 260 };

/* Line breaks and other control characters end a line, or a file, in each of the formats; and
 * each of them is a text, which bytes that are no UTF-8 are not. */
static enum status check_path(const char *path, const char *refused, struct error *err)
{
	struct slice left = slice_of_string(path);
	while (left.size) {
		uint32_t code;
		size_t size = text_utf8(left, &code);
		if (size == 0 || code < 0x20 || code == 0x7F)
			return fail(err, ERR_USAGE, "\"%s\": a path with control characters, or not in UTF-8, cannot be scheduled; "
				    "rename it", path);
		if (code < 0x80 && strchr(refused, (int)code))
			return fail(err, ERR_USAGE, "\"%s\": this scheduler cannot be given a path with %c; rename it", path, (int)code);
		left = slice_part(left, size, left.size);
	}
	return OK;
}

/* Adds `path` with something in front of some characters, or in their place. */
struct replacement {
	char c;
	const char *by;
};

static void add_replaced(const char *path, const struct replacement table[], size_t count, struct text *ret)
{
	struct cursor left = cursor_over(slice_of_string(path));
	while (cursor_left(&left)) {
		char c = (char)cursor_u8(&left);
		size_t i = 0;
		while (i < count && table[i].c != c)
			i++;
		if (i < count)
			text_add_string(ret, table[i].by);
		else
			text_add_char(ret, c);
	}
}

/* systemd.service(5), "COMMAND LINES": quoted as in C; % begins a specifier, $ a variable. */
static const struct replacement of_systemd[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'%', "%%"}, {'$', "$$"}};

/* In the program's own path a $ is not looked at, so there is no way to double it. */
static enum status systemd_program(const char *path, struct text *ret, struct error *err)
{
	enum status status = check_path(path, "$", err);
	text_add_char(ret, '"');
	add_replaced(path, of_systemd, LENGTH(of_systemd), ret);
	text_add_char(ret, '"');
	return status;
}

static enum status systemd_policy(const char *path, struct text *ret, struct error *err)
{
	enum status status = check_path(path, "", err);
	text_add_string(ret, " --policy \"");
	add_replaced(path, of_systemd, LENGTH(of_systemd), ret);
	text_add_char(ret, '"');
	return status;
}

/* What runs it more than once a day says so: an audit that takes itself for one a day would not
 * miss a few of them. */
static void line_every(unsigned hours, struct text *ret)
{
	text_addf(ret, " --every %uh", hours);
}

/* systemd.time(7): "02/6:30:00" is at 02, 08, 14 and 20. */
static void systemd_calendar(const struct schedule_times *t, struct text *ret)
{
	text_addf(ret, "%02u", schedule_times_first(t));
	if (t->every < DAY)
		text_addf(ret, "/%u", t->every);
	text_addf(ret, ":%02u:00", t->minute);
}

const struct schedule_format schedule_format_systemd = {systemd_program, systemd_policy, line_every, systemd_calendar, false};

static const struct replacement of_xml[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};

static enum status launchd_program(const char *path, struct text *ret, struct error *err)
{
	enum status status = check_path(path, "", err);
	add_replaced(path, of_xml, LENGTH(of_xml), ret);
	return status;
}

static enum status launchd_policy(const char *path, struct text *ret, struct error *err)
{
	text_add_string(ret, "\t\t<string>--policy</string>\n\t\t<string>");
	enum status status = launchd_program(path, ret, err);
	text_add_string(ret, "</string>\n");
	return status;
}

static void launchd_every(unsigned hours, struct text *ret)
{
	text_addf(ret, "\t\t<string>--every</string>\n\t\t<string>%uh</string>\n", hours);
}

/* launchd.plist(5), StartCalendarInterval */
static void launchd_calendar(const struct schedule_times *t, struct text *ret)
{
	for (unsigned hour = schedule_times_first(t); hour < DAY; hour += t->every)
		text_addf(ret, "\t\t<dict>\n\t\t\t<key>Hour</key>\n\t\t\t<integer>%u</integer>\n"
			  "\t\t\t<key>Minute</key>\n\t\t\t<integer>%u</integer>\n\t\t</dict>\n", hour, t->minute);
}

const struct schedule_format schedule_format_launchd = {launchd_program, launchd_policy, launchd_every, launchd_calendar, false};

/* The Task Scheduler puts variables in for %NAME%, and nothing keeps it from that; a '"'
 * cannot stand in a name on Windows. */
static enum status task_path(const char *path, struct text *ret, struct error *err)
{
	enum status status = check_path(path, "%\"", err);
	add_replaced(path, of_xml, LENGTH(of_xml), ret);
	return status;
}

/* [MS-TSCH], 2.5, pathType: so many characters at most. The policy, in Arguments, has no end. */
static enum status task_program(const char *path, struct text *ret, struct error *err)
{
	size_t size = 1, count = 0;
	for (struct slice left = slice_of_string(path); left.size && size; left = slice_part(left, size, left.size)) {
		uint32_t code;
		size = text_utf8(left, &code);
		count++;
	}
	if (count > TASK_PROGRAM_MAX)
		return fail(err, ERR_USAGE, "\"%s\": the Task Scheduler takes no program whose path has more than %d characters; "
			    "rename it", path, TASK_PROGRAM_MAX);
	return task_path(path, ret, err);
}

static enum status task_policy(const char *path, struct text *ret, struct error *err)
{
	text_add_string(ret, " --policy &quot;");
	enum status status = task_path(path, ret, err);
	text_add_string(ret, "&quot;");
	return status;
}

/* [MS-TSCH], 2.5.3: xs:dateTime without a zone is the machine's own time. */
static void task_calendar(const struct schedule_times *t, struct text *ret)
{
	text_addf(ret, "%02u:%02u:00", schedule_times_first(t), t->minute);
}

const struct schedule_format schedule_format_task = {task_program, task_policy, line_every, task_calendar, true};

/* crontab(5): a % is a line break unless a backslash stands before it, in quotes too. */
static const struct replacement of_cron[] = {{'\'', "'\\''"}, {'%', "\\%"}};

static enum status cron_program(const char *path, struct text *ret, struct error *err)
{
	enum status status = check_path(path, "", err);
	text_add_char(ret, '\'');
	add_replaced(path, of_cron, LENGTH(of_cron), ret);
	text_add_char(ret, '\'');
	return status;
}

static enum status cron_policy(const char *path, struct text *ret, struct error *err)
{
	text_add_string(ret, " --policy ");
	return cron_program(path, ret, err);
}

static void cron_calendar(const struct schedule_times *t, struct text *ret)
{
	text_addf(ret, "%u ", t->minute);
	for (unsigned hour = schedule_times_first(t); hour < DAY; hour += t->every)
		text_addf(ret, "%s%u", hour == schedule_times_first(t) ? "" : ",", hour);
	text_add_string(ret, " * * *");
}

const struct schedule_format schedule_format_cron = {cron_program, cron_policy, line_every, cron_calendar, false};

/* [MS-TSCH], 2.5.3.1: more than once a day is a repetition of the daily start. */
static void add_repetition(const struct schedule_times *t, struct text *ret)
{
	if (t->every < DAY)
		text_addf(ret, "      <Repetition>\n        <Interval>PT%uH</Interval>\n        <Duration>P1D</Duration>\n"
			  "      </Repetition>\n", t->every);
}

/* S-1-5-18 is the system itself, whatever it is called in the language of that machine. */
static void add_principal(bool user, struct text *ret)
{
	text_add_string(ret, user ? "      <LogonType>InteractiveToken</LogonType>\n      <RunLevel>LeastPrivilege</RunLevel>\n"
				  : "      <UserId>S-1-5-18</UserId>\n      <RunLevel>HighestAvailable</RunLevel>\n");
}

static enum status add_options(const struct schedule_format *f, const struct schedule_plan *plan, struct text *ret, struct error *err)
{
	enum status status = plan->policy ? f->policy(plan->policy, ret, err) : OK;
	if (plan->times.every != DAY || plan->every_told)
		f->every(plan->times.every, ret);
	return status;
}

static enum status add_field(const struct schedule_format *f, struct slice name, const struct schedule_plan *plan,
			     struct text *ret, struct error *err)
{
	const struct schedule_times *t = &plan->times;
	if (slice_is(name, "PROGRAM"))
		return f->program(plan->program, ret, err);
	if (slice_is(name, "OPTIONS"))
		return add_options(f, plan, ret, err);
	if (slice_is(name, "CALENDAR"))
		f->calendar(t, ret);
	else if (slice_is(name, "REPETITION"))
		add_repetition(t, ret);
	else if (slice_is(name, "PRINCIPAL"))
		add_principal(plan->user, ret);
	else if (slice_is(name, "AT"))
		text_addf(ret, "%02u:%02u", t->hour, t->minute);
	else if (slice_is(name, "EVERY"))
		text_add_u64(ret, t->every);
	else if (slice_is(name, "EVERY_SECONDS"))
		text_add_u64(ret, t->every * 3600U);
	else if (slice_is(name, "DELAY_SECONDS"))
		text_add_u64(ret, t->every * 3600U / DELAY_PARTS);
	else
		return fail(err, ERR_INTERNAL, "a template asks for %.*s", (int)name.size, (const char *)name.at);
	return OK;
}

enum status schedule_text(const struct schedule_format *f, struct slice template, const struct schedule_plan *plan,
			  struct text *ret, struct error *err)
{
	struct cursor c = cursor_over(template);
	enum status status = OK;
	struct slice part, name;
	while (!status && cursor_until(&c, '@', SCHEDULE_TEXT_MAX, &part)) {
		text_add(ret, part);
		/* "@system-service" is no field of ours */
		struct cursor ahead = c;
		if (cursor_until(&ahead, '@', FIELD_MAX, &name) && name.size && name.at[0] >= 'A' && name.at[0] <= 'Z') {
			c = ahead;
			status = add_field(f, name, plan, ret, err);
		} else {
			text_add_char(ret, '@');
		}
	}
	text_add(ret, cursor_rest(&c));
	if (!status && ret->overflow)
		status = fail(err, ERR_LIMIT, "the schedule would take more than %d KiB", SCHEDULE_TEXT_MAX >> 10);
	return status;
}

/* UTF-16 (RFC 2781, 2.1) with the line ends of Windows. */
static void add_utf16(struct slice utf8, struct text *ret)
{
	text_add(ret, SLICE("\xFF\xFE"));
	while (utf8.size) {
		uint32_t code = 0;
		size_t size = text_utf8(utf8, &code);
		uint32_t units[2] = {code, 0};
		if (code >= 0x10000) {
			units[0] = 0xD800 + ((code - 0x10000) >> 10);
			units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
		}
		if (code == '\n')
			text_add(ret, SLICE("\r\0"));
		for (size_t i = 0; i < (code >= 0x10000 ? 2 : 1); i++) {
			text_add_char(ret, (char)(units[i] & 0xFF));
			text_add_char(ret, (char)(units[i] >> 8));
		}
		utf8 = slice_part(utf8, size ? size : 1, utf8.size);
	}
}

void schedule_text_bytes(const struct schedule_format *f, struct slice text, struct text *ret)
{
	if (f->utf16)
		add_utf16(text, ret);
	else
		text_add(ret, text);
}
