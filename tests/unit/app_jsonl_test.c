/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "ingest/app_event.h"
#include "ingest/registry.h"

static struct app_line a;

static enum app_kind read_line(const char *line)
{
	return app_json_line(slice_of_string(line), &a);
}

static void good_lines(void **state)
{
	(void)state;
	static const struct {
		const char *line, *process, *host, *proto, *disposition;
		uint64_t pid, port;
	} cases[] = {
		{"{\"timestamp\":\"2026-11-23T12:03:05Z\",\"process\":\"agent\",\"pid\":4711,"
		 "\"hostname\":\"api.example\",\"port\":443,\"decision\":\"deny\"}",
		 "agent", "api.example", "", "blocked", 4711, 443},
		{" {\"ts\":1795435385,\"dst\":\"192.0.2.1:80\",\"verdict\":\"ALLOWED\",\"proto\":"
		 "\"tcp\"} \t",
		 "", "192.0.2.1", "tcp", "allowed", 0, 80},
		{"{\"time\":1795435385,\"ip\":\"[2001:db8::1]:443\",\"action\":\"block\",\"port\":"
		 "null}",
		 "", "2001:db8::1", "", "blocked", 0, 443},
		{"{\"time\":1795435385,\"ip\":\"2001:db8::1\",\"result\":\"ok\",\"dport\":\"53\","
		 "\"app\":\"a\\tb\"}",
		 "a\tb", "2001:db8::1", "", "allowed", 0, 53},
		{"{\"time\":1795435385,\"host\":\"n\\u0061me\",\"result\":\"ok\",\"pid\":null,"
		 "\"program\":null}",
		 "", "name", "", "allowed", 0, 0},
		{"{\"time\":null,\"ts\":1795435385,\"destination\":null,\"host\":\"h\",\"result\":"
		 "\"ok\"}",
		 "", "h", "", "allowed", 0, 0},
		{"{\"time\":1795435385,\"host\":\"firewall\",\"dst_host\":\"\",\"dest_ip\":\"192.0.2.7\","
		 "\"dest_port\":443,\"action\":\"allow\"}",
		 "", "192.0.2.7", "", "allowed", 0, 443},
		{"{\"time\":1795435385,\"host\":\"h\",\"destination\":\"d\",\"result\":\"ok\","
		 "\"extra\":[{}]}",
		 "", "d", "", "allowed", 0, 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		a.pid = a.port = 99;
		a.process = SLICE("left over");
		if (read_line(cases[i].line) != APP_EVENT)
			print_error("%s: %s\n", cases[i].line, a.problem);
		assert_true(slice_is(a.process, cases[i].process));
		assert_true(slice_is(a.host, cases[i].host));
		assert_true(slice_is(a.proto, cases[i].proto));
		assert_string_equal(a.disposition, cases[i].disposition);
		assert_int_equal(a.pid, cases[i].pid);
		assert_int_equal(a.port, cases[i].port);
		assert_int_equal(a.time_ns / CLOCK_SECOND, 1795435385);
	}
}

static void times_in_every_form(void **state)
{
	(void)state;
	static const struct {
		const char *time;
		int64_t ns; /* 0: refused */
	} cases[] = {
		{"1000000000", 1000000000 * CLOCK_SECOND},
		{"7258118400", 7258118400 * CLOCK_SECOND},
		{"1795435385123", INT64_C(1795435385123000000)},
		{"1795435385123456", INT64_C(1795435385123456000)},
		{"1795435385123456789", INT64_C(1795435385123456789)},
		{"\"2026-11-23T13:03:05+01:00\"", INT64_C(1795435385) * CLOCK_SECOND},
		{"\"2026-11-23 12:03:05.25Z\"", INT64_C(1795435385250000000)},
		{"999999999", 0},
		{"7258118401", 0},
		{"0", 0},
		{"-1795435385", 0},
		{"1795435385.5", 0},
		{"1.7e9", 0},
		{"\"1795435385\"", 0},
		{"\"2026-11-23T12:03:05\"", 0},
		{"\"yesterday\"", 0},
		{"true", 0},
		{"null", 0},
		{"{}", 0},
		{"9223372036854775808", 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char line[256];
		snprintf(line, sizeof line, "{\"time\":%s,\"host\":\"h\",\"result\":\"ok\"}",
			 cases[i].time);
		enum app_kind kind = read_line(line);
		assert_int_equal(kind, cases[i].ns ? APP_EVENT : APP_UNREAD);
		if (cases[i].ns)
			assert_true(a.time_ns == cases[i].ns);
		else
			assert_contains(a.problem, "without a time");
	}
}

static void lines_about_no_connection(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"  \t",
		"{}",
		"{\"time\":1795435385,\"msg\":\"started\"}",
		"{\"time\":1795435385,\"host\":\"\",\"result\":\"ok\"}",
		"{\"time\":1795435385,\"host\":null,\"result\":\"ok\"}",
		"{\"time\":1795435385,\"host\":7,\"result\":\"ok\"}",
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(read_line(cases[i]), APP_OTHER);
}

static void lines_that_cannot_be_read(void **state)
{
	(void)state;
	static const struct {
		const char *line, *why;
	} cases[] = {
		{"x", "no JSON value"},
		{"[]", "no JSON object"},
		{"{\"time\":1", "without its end"},
		{"{\"host\":\"a\",\"host\":\"b\"}", "twice"},
		{"{\"host\":\"h\",\"result\":\"ok\"}", "without a time"},
		{"{\"host\":\"h\",\"time\":1795435385}", "without a disposition"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":200}", "without a disposition"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"maybe\"}",
		 "neither allowed nor blocked"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\",\"port\":65536}", "a port"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\",\"port\":\"http\"}",
		 "a port"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\",\"port\":[]}", "a port"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\",\"pid\":\"7\"}", "a pid"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\",\"pid\":-7}", "a pid"},
		{"{\"host\":\"h\",\"time\":1795435385,\"result\":\"ok\"} x", "behind"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(read_line(cases[i].line), APP_UNREAD);
		assert_contains(a.problem, cases[i].why);
	}
}

static void a_destination_longer_than_its_buffer(void **state)
{
	(void)state;
	char *line = must_alloc(3 * APP_BUFFER, 1);
	int size = snprintf(line, 100, "{\"time\":1795435385,\"result\":\"ok\",\"host\":\"\\n");
	memset(line + size, 'h', 2 * APP_BUFFER);
	memcpy(line + size + 2 * APP_BUFFER, "\"}", 2);
	assert_int_equal(read_line(line), APP_UNREAD);
	assert_contains(a.problem, "longer than any name");
	free(line);
}

static void what_is_recognised(void **state)
{
	(void)state;
	static const struct {
		const char *first;
		bool sure;
	} cases[] = {
		{"{\"time\":1}\nrest", true},
		{"{\"ts\":1}", true},
		{"{\"host\":\"h\"}\r\n", true},
		{"{\"a\":1}\n", false},
		{"{\"version\":1}\n{\"b\":2}\n{\"time\":1}\n", true}, /* a head comes first */
		{"{\"version\":1}\n{\"b\":2}\n{\"time\"", false},
		{"{\"time\":null,\"host\":null}\n", false},
		{"[1]\n", false},
		{"1\n", false},
		{"\n{}\n", false},
		{"", false},
		{"{\"a\":\n1}", false},
		{"{\"kind\":\"open\",\"t\":1}\n", false},
		{"{\"log\":\"x\",\"stream\":\"stdout\",\"time\":\"t\"}\n", false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(reader_app_jsonl.sniff(slice_of_string(cases[i].first)) >= 50,
				 cases[i].sure);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lines),
		cmocka_unit_test(times_in_every_form),
		cmocka_unit_test(lines_about_no_connection),
		cmocka_unit_test(lines_that_cannot_be_read),
		cmocka_unit_test(a_destination_longer_than_its_buffer),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
