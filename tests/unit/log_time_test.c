/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "ingest/log_time.h"

static struct zone utc, berlin;

/* What a text reads as, "no" where it does not, with a letter for each flag. */
static const char *read_as(const char *layout, const char *text, const struct zone *zone,
			   const char *reference)
{
	static char result[CLOCK_TEXT_MAX + 8];
	struct log_time_layout l;
	struct log_time t;
	struct error err = {0};
	struct log_time_context with = {zone, 0};
	assert_true(clock_parse(slice_of_string(reference), &with.reference_ns));
	if (log_time_layout(slice_of_string(layout), &l, &err))
		return err.text[0] ? "bad layout" : "?";
	if (!log_time_read(&l, &with, slice_of_string(text), &t))
		return "no";
	clock_text(t.ns, 9, result);
	size_t size = strlen(result);
	for (unsigned i = 0; i < 6; i++)
		if (t.flags & 1u << i)
			result[size++] = "OLYU2N"[i];
	result[size] = 0;
	return result;
}

#define NOW "2026-11-23T12:00:00Z"

static const struct {
	const char *layout, *text, *wanted;
} layout_cases[] = {
	{"iso", "2026-11-23T12:03:05Z", "2026-11-23T12:03:05.000000000ZO"},
	{"iso", "2026-11-23 12:03:05,25+0200", "2026-11-23T10:03:05.250000000ZO"},
	{"iso", "2026-11-23T12:03:05.1234567891-03:30", "2026-11-23T15:33:05.123456789ZO"},
	{"iso", "2026-11-23t12:03:05.5 +02", "2026-11-23T10:03:05.500000000ZO"},
	{"iso", "2026-11-23 12:03:05", "2026-11-23T12:03:05.000000000ZL"},
	{"iso", "2026-11-23 12:03:05 UTC", "2026-11-23T12:03:05.000000000ZO"},
	{"iso", "2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000000000ZO"},
	{"iso", "2025-02-29T00:00:00Z", "no"},
	{"iso", "2100-02-29T00:00:00Z", "no"},
	{"iso", "2026-11-31T00:00:00Z", "no"},
	{"iso", "2026-11-23T24:00:00Z", "no"},
	{"iso", "2026-11-23T12:03:05Zebra", "no"},
	{"iso", "2026-11-23T12:03", "no"},
	{"iso", "1969-12-31T23:59:59Z", "no"},
	{"iso", "", "no"},
	{"syslog", "Nov 23 11:59:59", "2026-11-23T11:59:59.000000000ZLY"},
	{"syslog", "Nov  3 01:02:03", "2026-11-03T01:02:03.000000000ZLY"},
	{"syslog", "dec 31 23:59:59.5", "2025-12-31T23:59:59.500000000ZLY"},
	{"syslog", "Feb 29 00:00:00", "2024-02-29T00:00:00.000000000ZLY"},
	{"syslog", "Nov 24 11:59:59", "2026-11-24T11:59:59.000000000ZLY"},
	{"syslog", "Nov 24 12:00:01", "2025-11-24T12:00:01.000000000ZLY"},
	{"syslog", "Nox 24 12:00:01", "no"},
	{"apache", "23/Nov/2026:12:00:00 +0100", "2026-11-23T11:00:00.000000000ZO"},
	{"rfc1123", "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000000000ZO"},
	{"rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000000000ZO"},
	{"rfc850", "Sunday, 06-Nov-69 08:49:37 GMT", "2069-11-06T08:49:37.000000000ZO"},
	{"ctime", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000000000ZL"},
	{"go", "2026/11/23 12:00:00.000123", "2026-11-23T12:00:00.000123000ZL"},
	{"gin", "2026/11/23 - 12:00:00", "2026-11-23T12:00:00.000000000ZL"},
	{"us", "11/23/2026, 1:02:03 PM", "2026-11-23T13:02:03.000000000ZL"},
	{"us", "11/3/2026 12:00:00 AM", "2026-11-03T00:00:00.000000000ZL"},
	{"us", "11/3/2026 12:00:00 pm", "2026-11-03T12:00:00.000000000ZL"},
	{"us", "11/3/2026 13:00:00 PM", "no"},
	{"epoch", "1795435385", "2026-11-23T12:03:05.000000000ZOU"},
	{"epoch", "1795435385.25", "2026-11-23T12:03:05.250000000ZOU"},
	{"epoch", "1795435385123", "2026-11-23T12:03:05.123000000ZOU"},
	{"epoch", "1795435385123456", "2026-11-23T12:03:05.123456000ZOU"},
	{"epoch", "1795435385123456789", "2026-11-23T12:03:05.123456789ZOU"},
	{"epoch", "12345", "no"},
	{"epoch_s", "12345", "1970-01-01T03:25:45.000000000ZO"},
	{"epoch_ms", "1795435385123.5", "2026-11-23T12:03:05.123500000ZO"},
	{"epoch_us", "1795435385123456", "2026-11-23T12:03:05.123456000ZO"},
	{"epoch_ns", "1795435385123456789", "2026-11-23T12:03:05.123456789ZO"},
	{"epoch_s", "99999999999999999999", "no"},
	{"epoch_s", "9999999999999999999", "no"},
	{"filetime", "134399089851234567", "2026-11-23T12:03:05.123456700ZO"},
	{"filetime", "1", "no"},
	{"filetime", "13439908985123456", "no"},
	{"filetime", "999999999999999999", "no"},
	{"any", "23/Nov/2026:12:00:00 +0100", "2026-11-23T11:00:00.000000000ZO"},
	{"any", "1795435385123", "2026-11-23T12:03:05.123000000ZOU"},
	{"any", "noon", "no"},
	{"%d.%m.%Y um %H:%M:%S %% %z", "3.11.2026  um 12:00:00 % Z", "2026-11-03T12:00:00.000000000ZO"},
	{"%d.%m.%Y um %H:%M:%S", "3.11.2026  um 12:00:00", "2026-11-03T12:00:00.000000000ZL"},
	{"%Y-%m-%d", "2026-11-23", "2026-11-23T00:00:00.000000000ZL"},
	{"%H:%M:%S", "12:00:00", "no"},
	{"%Q", "", "bad layout"},
	{"%", "", "bad layout"},
	{"nonsense", "", "bad layout"},
};

static void layouts(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(layout_cases); i++) {
		const char *got = read_as(layout_cases[i].layout, layout_cases[i].text, &utc, NOW);
		if (strcmp(got, layout_cases[i].wanted) != 0)
			print_error("%s, \"%s\": %s, wanted %s\n", layout_cases[i].layout, layout_cases[i].text, got,
				    layout_cases[i].wanted);
		assert_string_equal(got, layout_cases[i].wanted);
	}
}

static void a_year_turns(void **state)
{
	(void)state;
	assert_string_equal(read_as("syslog", "Dec 31 23:59:59", &utc, "2027-01-01T00:10:00Z"),
			    "2026-12-31T23:59:59.000000000ZLY");
	assert_string_equal(read_as("syslog", "Jan  1 00:00:00", &utc, "2026-12-31T23:59:00Z"),
			    "2027-01-01T00:00:00.000000000ZLY");
	assert_string_equal(read_as("syslog", "Jan  1 00:00:00", &utc, "1970-01-01T00:00:00Z"),
			    "1970-01-01T00:00:00.000000000ZLY");
	assert_string_equal(read_as("syslog", "Jun  1 00:00:00", &utc, "1970-01-02T00:00:00Z"), "no");
}

static void a_zone_turns(void **state)
{
	(void)state;
	/* summer ends on 25 October 2026 at 03:00, which becomes 02:00 */
	assert_string_equal(read_as("go", "2026/10/25 01:59:59", &berlin, NOW),
			    "2026-10-24T23:59:59.000000000ZL");
	assert_string_equal(read_as("go", "2026/10/25 02:30:00", &berlin, NOW),
			    "2026-10-25T00:30:00.000000000ZL2");
	assert_string_equal(read_as("go", "2026/10/25 03:00:00", &berlin, NOW),
			    "2026-10-25T02:00:00.000000000ZL");
	/* it begins on 29 March at 02:00, which becomes 03:00 */
	assert_string_equal(read_as("go", "2026/03/29 01:59:59", &berlin, NOW),
			    "2026-03-29T00:59:59.000000000ZL");
	assert_string_equal(read_as("go", "2026/03/29 02:30:00", &berlin, NOW),
			    "2026-03-29T01:30:00.000000000ZLN");
	assert_string_equal(read_as("go", "2026/03/29 03:00:00", &berlin, NOW),
			    "2026-03-29T01:00:00.000000000ZL");
	assert_string_equal(read_as("iso", "2026-07-01T12:00:00Z", &berlin, NOW),
			    "2026-07-01T12:00:00.000000000ZO");
}

static void zones(void **state)
{
	(void)state;
	static struct zone z;
	static const char *const bad[] = {"", "Nowhere/Land", "/etc/passwd", "../../../etc/passwd",
					  "+2:00", "+02", "+19:00", "+02:60", "Europe"};
	struct error err = {0};
	setenv("TZ", "Asia/Tokyo", 1);
	assert_int_equal(zone_find("America/New_York", &z, &err), OK);
	assert_true(z.given && z.count > 200);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	assert_int_equal(zone_find("-03:30", &z, &err), OK);
	assert_int_equal(z.count, 1);
	assert_int_equal(z.changes[0].offset_s, -12600);
	assert_string_equal(z.name, "-03:30");
	assert_int_equal(zone_find("UTC", &z, &err), OK);
	assert_true(z.given);
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_int_equal(zone_find(bad[i], &z, &err), ERR_USAGE);
	assert_non_null(strstr(err.text, "give UTC, ±HH:MM"));
	assert_false(utc.given);
}

/* Where it does not fit, the cursor stays. */
static void nothing_is_taken_where_nothing_fits(void **state)
{
	(void)state;
	struct log_time_layout l;
	struct log_time t;
	struct log_time_context with = {&utc, 0};
	struct cursor c = cursor_over(SLICE("2026-11-23T12:03:x5"));
	assert_int_equal(log_time_layout(SLICE("iso"), &l, NULL), OK);
	assert_false(log_time_take(&l, &with, &c, &t));
	assert_int_equal(cursor_left(&c), 19);
	c = cursor_over(SLICE("2026-11-23T12:03:05. Then"));
	assert_true(log_time_take(&l, &with, &c, &t));
	assert_int_equal(cursor_left(&c), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts),
		cmocka_unit_test(a_year_turns),
		cmocka_unit_test(a_zone_turns),
		cmocka_unit_test(zones),
		cmocka_unit_test(nothing_is_taken_where_nothing_fits),
	};
	struct error err = {0};
	zone_unknown(&utc);
	if (zone_find("Europe/Berlin", &berlin, &err))
		print_error("%s\n", err.text);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
