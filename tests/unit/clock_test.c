/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "core/byte_size.h"
#include "core/capture_name.h"
#include "core/duration.h"

static void times_are_written(void **state)
{
	(void)state;
	static const struct {
		int64_t ns;
		unsigned digits;
		const char *text;
	} cases[] = {
		{0, 0, "1970-01-01T00:00:00Z"},
		{1, 9, "1970-01-01T00:00:00.000000001Z"},
		{999999999, 3, "1970-01-01T00:00:00.999Z"}, /* cut, not rounded */
		{-1, 9, "1969-12-31T23:59:59.999999999Z"},
		{INT64_C(951782400) * CLOCK_SECOND, 0, "2000-02-29T00:00:00Z"},
		{INT64_C(4107542399) * CLOCK_SECOND, 0, "2100-02-28T23:59:59Z"},
		{INT64_C(4107542400) * CLOCK_SECOND, 0, "2100-03-01T00:00:00Z"},
		{INT64_C(1795521785) * CLOCK_SECOND + 123456789, 6, "2026-11-24T12:03:05.123456Z"},
		{5 * CLOCK_MILLISECOND, 12, "1970-01-01T00:00:00.005000000Z"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[CLOCK_TEXT_MAX];
		clock_text(cases[i].ns, cases[i].digits, text);
		assert_string_equal(text, cases[i].text);
	}
	char text[CLOCK_TEXT_MAX];
	clock_compact(INT64_C(951782400) * CLOCK_SECOND + 999, text);
	assert_string_equal(text, "20000229T000000Z");
	clock_text(INT64_MAX, 9, text);
	assert_string_equal(text, "2262-04-11T23:47:16.854775807Z");
	clock_text(INT64_MIN, 9, text);
	assert_string_equal(text, "1677-09-21T00:12:43.145224192Z");
}

static void good_times_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ns;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1970-01-01t00:00:00z", 0},
		{"1970-01-01 00:00:01Z", CLOCK_SECOND},
		{"1970-01-01T00:00:00.5Z", CLOCK_SECOND / 2},
		{"1970-01-01T00:00:00.000000001Z", 1},
		{"1970-01-01T02:00:00+02:00", 0},
		{"1969-12-31T23:00:00-01:00", INT64_MIN}, /* a year before 1970: refused */
		{"1970-01-01T00:00:00+01:00", -3600 * CLOCK_SECOND},
		{"1970-01-01T00:00:00-23:59", (23 * 3600 + 59 * 60) * CLOCK_SECOND},
		{"2000-02-29T00:00:00-00:00", INT64_C(951782400) * CLOCK_SECOND},
		{"2016-12-31T23:59:60Z", INT64_C(1483228800) * CLOCK_SECOND}, /* a leap second */
		{"2200-12-31T23:59:59Z", INT64_C(7289654399) * CLOCK_SECOND},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t ns = 0;
		bool good = clock_parse(slice_of_string(cases[i].text), &ns);
		assert_int_equal(good, cases[i].ns != INT64_MIN);
		if (good)
			assert_int_equal(ns, cases[i].ns);
	}
}

static void bad_times_are_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"2026",
		"2026-11-23",
		"2026-11-23T12:03:05",
		"2026-11-23T12:03Z",
		"2026-11-23T12:03:05.Z",
		"2026-11-23T12:03:05.1234567890Z",
		"2026-11-23T12:03:05+2:00",
		"2026-11-23T12:03:05+02",
		"2026-11-23T12:03:05+0200",
		"2026-11-23T12:03:05+24:00",
		"2026-11-23T12:03:05+02:60",
		"2026-11-23T12:03:05ZZ",
		"2026-11-23T12:03:05Z ",
		" 2026-11-23T12:03:05Z",
		"2026-11-23_12:03:05Z",
		"2026-00-23T12:03:05Z",
		"2026-13-23T12:03:05Z",
		"2026-11-00T12:03:05Z",
		"2026-11-31T12:03:05Z",
		"2026-02-29T12:03:05Z",
		"2100-02-29T12:03:05Z",
		"2026-11-23T24:00:00Z",
		"2026-11-23T12:60:05Z",
		"2026-11-23T12:03:61Z",
		"1969-12-31T23:59:59Z",
		"2201-01-01T00:00:00Z",
		"26-11-23T12:03:05Z",
		"2026-1-23T12:03:05Z",
		"2026-11-23T12:03:-5Z",
		"2026-11-23T12:03:05,5Z",
		"+026-11-23T12:03:05Z",
		"2026/11/23T12:03:05Z",
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t ns = 77;
		if (clock_parse(slice_of_string(cases[i]), &ns))
			print_error("accepted: %s\n", cases[i]);
		assert_int_equal(ns, 77);
	}
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	for (int64_t ns = 0; ns < INT64_C(7258118400) * CLOCK_SECOND;
	     ns += INT64_C(86399999999999) * 211) {
		char text[CLOCK_TEXT_MAX];
		int64_t back = 0;
		clock_text(ns, 9, text);
		assert_true(clock_parse(slice_of_string(text), &back));
		assert_true(back == ns);
	}
	for (int64_t day = 0; day < 84000; day += 13) { /* every date has one number */
		char text[CLOCK_TEXT_MAX];
		uint64_t y = 0, m = 0, d = 0;
		clock_compact(day * 86400 * CLOCK_SECOND, text);
		assert_true(slice_u64(slice_of(text, 4), 3000, &y) &&
			    slice_u64(slice_of(text + 4, 2), 12, &m) &&
			    slice_u64(slice_of(text + 6, 2), 31, &d));
		assert_int_equal(clock_days((int64_t)y, (unsigned)m, (unsigned)d), day);
	}
	assert_int_equal(clock_days(1969, 12, 31), -1);
	assert_int_equal(clock_days(1, 1, 1), -719162);
}

static void clocks_go_forward(void **state)
{
	(void)state;
	struct clock_pair a = clock_now(), b = clock_now();
	assert_true(b.mono_ns >= a.mono_ns);
	assert_true(clock_mono() >= b.mono_ns);
	assert_true(a.wall_ns > INT64_C(1600000000) * CLOCK_SECOND);
}

static void durations_have_a_unit(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ns;
	} good[] = {
		{"500ms", 500 * CLOCK_MILLISECOND},   {"0s", 0},
		{"10s", 10 * CLOCK_SECOND},	      {"5m", 300 * CLOCK_SECOND},
		{"2h", 7200 * CLOCK_SECOND},	      {"1d", 86400 * CLOCK_SECOND},
		{"365d", 365 * 86400 * CLOCK_SECOND}, {"31536000000ms", 365 * 86400 * CLOCK_SECOND},
	};
	for (size_t i = 0; i < LENGTH(good); i++) {
		struct error err = {0};
		int64_t ns = -1;
		assert_int_equal(duration_parse(good[i].text, "--x", &ns, &err), OK);
		assert_true(ns == good[i].ns);
	}
	static const char *const bad[] = {
		"",	"10",	 "s",	 "-1s",		  "1.5s",
		"10 s", "10sec", "366d", "31536000001ms", "1w",
		" 1s",	"1s ",	 "0x1s", "10M",		  "99999999999999999999999s"};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct error err = {0};
		int64_t ns = 77;
		assert_int_equal(duration_parse(bad[i], "--linger", &ns, &err), ERR_USAGE);
		assert_contains(err.text, "--linger");
		assert_contains(err.text, bad[i]);
		assert_int_equal(ns, 77);
	}
}

static void no_duration_needs_none(void **state)
{
	(void)state;
	struct error err = {0};
	int64_t ns = 77;
	assert_int_equal(duration_parse_or_0("00", "--rotate-after", &ns, &err), ERR_USAGE);
	assert_int_equal(ns, 77);
	assert_int_equal(duration_parse_or_0("0", "--rotate-after", &ns, &err), OK);
	assert_int_equal(ns, 0);
	assert_int_equal(duration_parse_or_0("6h", "--rotate-after", &ns, &err), OK);
	assert_true(ns == 6 * 3600 * CLOCK_SECOND);
}

static void sizes_have_a_unit(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint64_t bytes;
	} good[] = {{"0", 0},		       {"64KiB", 65536},	      {"500MiB", UINT64_C(500) << 20},
		    {"1GiB", UINT64_C(1) << 30}, {"1024TiB", UINT64_C(1) << 50}, {"0MiB", 0}};
	for (size_t i = 0; i < LENGTH(good); i++) {
		struct error err = {0};
		uint64_t bytes = 1;
		assert_int_equal(byte_size_parse(good[i].text, "--x", &bytes, &err), OK);
		assert_true(bytes == good[i].bytes);
	}
	static const char *const bad[] = {"", "1", "GiB", "1G", "1GB", "-1GiB", "1 GiB", "1.5GiB", "1025TiB", "00", "1GiB ",
					  "99999999999999999999KiB"};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct error err = {0};
		uint64_t bytes = 77;
		assert_int_equal(byte_size_parse(bad[i], "--rotate-size", &bytes, &err), ERR_USAGE);
		assert_contains(err.text, "--rotate-size");
		assert_contains(err.text, bad[i]);
		assert_int_equal(bytes, 77);
	}
}

static void captures_have_one_name_each(void **state)
{
	(void)state;
	char name[CAPTURE_NAME_MAX];
	for (unsigned i = 1; i <= CAPTURE_FILES_MAX; i++) {
		capture_name(i, name);
		assert_int_equal(capture_number(slice_of_string(name)), i);
	}
	assert_string_equal(name, "capture-512.pcapng");
	capture_name(1, name);
	assert_string_equal(name, "capture.pcapng");
	static const char *const others[] = {"", "capture", "capture-.pcapng", "capture-0.pcapng", "capture-1.pcapng",
					     "capture-02.pcapng", "capture-513.pcapng", "capture-2.pcapng2", "Capture.pcapng",
					     "capture-2.pcap", "x/capture-2.pcapng", "capture--2.pcapng", "capture.pcapng.gz"};
	for (size_t i = 0; i < LENGTH(others); i++)
		assert_int_equal(capture_number(slice_of_string(others[i])), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_written),
		cmocka_unit_test(good_times_are_read),
		cmocka_unit_test(bad_times_are_refused),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(clocks_go_forward),
		cmocka_unit_test(durations_have_a_unit),
		cmocka_unit_test(no_duration_needs_none),
		cmocka_unit_test(sizes_have_a_unit),
		cmocka_unit_test(captures_have_one_name_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
