/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "ingest/app_event.h"
#include "ingest/registry.h"

static struct app_line a;

static void good_lines(void **state)
{
	(void)state;
	static const struct {
		const char *line, *process, *host, *proto, *disposition;
		uint64_t pid, port;
	} cases[] = {
		{"2026-11-23T12:03:05.120Z agent[4711] 192.0.2.7 443 blocked tcp", "agent",
		 "192.0.2.7", "tcp", "blocked", 4711, 443},
		{"  2026-11-23T12:03:05Z\tagent\tname.example 0 ALLOW  ", "agent", "name.example",
		 "", "allowed", 0, 0},
		{"2026-11-23T14:03:05+02:00 a 2001:db8::1 65535 denied udp", "a", "2001:db8::1",
		 "udp", "blocked", 0, 65535},
		{"2026-11-23T12:03:05Z a[x] under_score 1 ok", "a[x]", "under_score", "", "allowed",
		 0, 1},
		{"2026-11-23T12:03:05Z a[2147483648] h 1 ok", "a[2147483648]", "h", "", "allowed",
		 0, 1},
		{"2026-11-23T12:03:05Z [17] h 1 ok", "", "h", "", "allowed", 17, 1},
		{"2026-11-23T12:03:05Z a] h 1 ok", "a]", "h", "", "allowed", 0, 1},
		{"2026-11-23T12:03:05Z a[ h 1 ok", "a[", "h", "", "allowed", 0, 1},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		a.pid = a.port = 99; /* of a line before */
		assert_int_equal(app_plain_line(slice_of_string(cases[i].line), &a), APP_EVENT);
		assert_true(slice_is(a.process, cases[i].process));
		assert_true(slice_is(a.host, cases[i].host));
		assert_true(slice_is(a.proto, cases[i].proto));
		assert_string_equal(a.disposition, cases[i].disposition);
		assert_int_equal(a.pid, cases[i].pid);
		assert_int_equal(a.port, cases[i].port);
	}
	int64_t zulu = a.time_ns;
	assert_int_equal(app_plain_line(SLICE("2026-11-23T14:03:05+02:00 a h 1 ok"), &a),
			 APP_EVENT);
	assert_true(a.time_ns == zulu);
	assert_int_equal(app_plain_line(SLICE("2026-11-23T12:03:05.5Z a h 1 ok"), &a), APP_EVENT);
	assert_true(a.time_ns == zulu + CLOCK_SECOND / 2);
}

static void lines_about_no_connection(void **state)
{
	(void)state;
	static const char *const cases[] = {"",
					    "   ",
					    "\t",
					    "# 2026-11-23T12:03:05Z a h 1 ok",
					    "  # x",
					    "#",
					    "time process destination port disposition protocol"};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(app_plain_line(slice_of_string(cases[i]), &a), APP_OTHER);
}

static void lines_that_cannot_be_read(void **state)
{
	(void)state;
	static const struct {
		const char *line, *why;
	} cases[] = {
		{"x", "no RFC 3339 time"},
		{"2026-11-23 12:03:05Z a h 1 ok", "no RFC 3339 time"}, /* a blank ends the word */
		{"2026-11-23T12:03:05 a h 1 ok", "no RFC 3339 time"},
		{"2026-02-30T12:03:05Z a h 1 ok", "no RFC 3339 time"},
		{"2026-11-23T12:03:05Z", "fewer words"},
		{"2026-11-23T12:03:05Z a h 1", "fewer words"},
		{"2026-11-23T12:03:05Z a h! 1 ok", "neither address nor name"},
		{"2026-11-23T12:03:05Z a name:443 1 ok", "neither address nor name"},
		{"2026-11-23T12:03:05Z a h 65536 ok", "a port"},
		{"2026-11-23T12:03:05Z a h - ok", "a port"},
		{"2026-11-23T12:03:05Z a h http ok", "a port"},
		{"2026-11-23T12:03:05Z a h 1 maybe", "neither allowed nor blocked"},
		{"2026-11-23T12:03:05Z a h 1 ok tcp more", "more words"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(app_plain_line(slice_of_string(cases[i].line), &a), APP_UNREAD);
		assert_contains(a.problem, cases[i].why);
	}
	char line[1024];
	memset(line, 'h', sizeof line);
	memcpy(line, "2026-11-23T12:03:05Z a ", 23);
	memcpy(line + 23 + 253, " 1 ok", 5);
	assert_int_equal(app_plain_line(slice_of(line, 23 + 253 + 5), &a), APP_EVENT);
	memcpy(line + 23 + 253, "h 1 ok", 6); /* a name of 254 bytes */
	assert_int_equal(app_plain_line(slice_of(line, 23 + 254 + 5), &a), APP_UNREAD);
	assert_int_equal(app_plain_line(slice_of(line, sizeof line), &a), APP_UNREAD);
}

static void what_is_recognised(void **state)
{
	(void)state;
	static const struct {
		const char *first;
		bool sure;
	} cases[] = {
		{"2026-11-23T12:03:05Z a h 1 ok\n", true},
		{"# heading\n\ntime process destination port disposition\n", true},
		{"# heading\n\n2026-11-23T12:03:05Z a h 1 ok\r\n", true},
		{"# heading only\n", false},
		{"", false},
		{"x\n2026-11-23T12:03:05Z a h 1 ok\n", false},
		{"{\"time\":1}\n", false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(reader_app_plain.sniff(slice_of_string(cases[i].first)) >= 50,
				 cases[i].sure);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lines),
		cmocka_unit_test(lines_about_no_connection),
		cmocka_unit_test(lines_that_cannot_be_read),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
