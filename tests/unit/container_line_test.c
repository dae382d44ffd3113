/* SPDX-License-Identifier: Apache-2.0 */
/* Lines as container runtimes wrap them. */
#include "tests/unit/test.h"

#include "ingest/container_line.h"

static const char *inside(const char *line, size_t capacity)
{
	static char text[256], buffer[256];
	struct slice s = slice_of_string("untouched");
	assert_true(capacity <= sizeof buffer);
	bool wrapped = container_line(slice_of_string(line), buffer, capacity, &s);
	assert_true(slice_to_string(s, text, sizeof text));
	if (!wrapped)
		assert_string_equal(text, "untouched");
	return wrapped ? text : "no wrap";
}

#define DOCKER(log) "{\"log\":\"" log "\",\"stream\":\"stderr\",\"time\":\"2026-11-23T10:09:23.123456789Z\"}"

static void docker(void **state)
{
	(void)state;
	assert_string_equal(inside(DOCKER("a line\\n"), 64), "a line");
	assert_string_equal(inside(DOCKER("a line\\r\\n"), 64), "a line");
	assert_string_equal(inside(DOCKER("half of a"), 64), "half of a");
	assert_string_equal(inside(DOCKER("{\\\"a\\\":1}\\n"), 64), "{\"a\":1}");
	assert_string_equal(inside("{\"log\": \"x\\n\", \"attrs\": {}, \"stream\": \"stdout\", \"time\": \"t\"}", 64), "x");
}

static void kubernetes(void **state)
{
	(void)state;
	assert_string_equal(inside("2026-11-23T10:09:23.123456789Z stdout F a line", 0), "a line");
	assert_string_equal(inside("2026-11-23T10:09:23+01:00 stderr P half", 0), "half");
	assert_string_equal(inside("2026-11-23T10:09:23Z stdout F:x ", 0), "");
}

static void what_is_no_wrap(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"", "a line", "{\"a\":1}", "{\"log\":\"x\"}", "{\"log\":\"x\",\"stream\":\"s\",\"time\":\"t\"}",
		"{\"log\":7,\"stream\":\"stdout\",\"time\":\"t\"}", "{\"log\":\"x\",\"stream\":\"stdout\",\"time\":\"t\"",
		"2026-11-23T10:09:23Z", "2026-11-23T10:09:23Z stdout", "2026-11-23T10:09:23Z stdout F",
		"2026-11-23T10:09:23Z stdout G a", "2026-11-23T10:09:23Z host F a", "10:09 stdout F a",
	};
	for (size_t i = 0; i < LENGTH(lines); i++)
		assert_string_equal(inside(lines[i], 64), "no wrap");
	assert_string_equal(inside(DOCKER("longer than its room\\n"), 8), "no wrap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(docker),
		cmocka_unit_test(kubernetes),
		cmocka_unit_test(what_is_no_wrap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
