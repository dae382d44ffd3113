/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/json.h"

static const char *wrong_with(const char *text, size_t *ret_at)
{
	struct json_value v;
	return json_read(slice_of_string(text), &v, ret_at);
}

static void good_values(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum json_type type;
		const char *raw;
	} cases[] = {
		{"null", JSON_NULL, "null"},
		{" true ", JSON_TRUE, "true"},
		{"\t\r\nfalse\n", JSON_FALSE, "false"},
		{"0", JSON_NUMBER, "0"},
		{"-0", JSON_NUMBER, "-0"},
		{"-12.50e+7", JSON_NUMBER, "-12.50e+7"},
		{"1E-2", JSON_NUMBER, "1E-2"},
		{"\"\"", JSON_STRING, ""},
		{"\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"", JSON_STRING,
		 "a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4"},
		{"\"\x7f\xc3\xa4\"", JSON_STRING, "\x7f\xc3\xa4"},
		{"{}", JSON_OBJECT, "{}"},
		{" { } ", JSON_OBJECT, "{ }"},
		{"[]", JSON_ARRAY, "[]"},
		{"[1,[2],{\"a\":3}]", JSON_ARRAY, "[1,[2],{\"a\":3}]"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct json_value v = {0};
		assert_null(json_read(slice_of_string(cases[i].text), &v, NULL));
		assert_int_equal(v.type, cases[i].type);
		assert_true(slice_is(v.raw, cases[i].raw));
	}
}

static void bad_values_say_why_and_where(void **state)
{
	(void)state;
	static const struct {
		const char *text, *why;
		size_t at;
	} cases[] = {
		{"", "nothing", 0},
		{"  ", "nothing", 2},
		{"nul", "no JSON value", 0},
		{"True", "no JSON value", 0},
		{"NaN", "no JSON value", 0},
		{"+1", "no JSON value", 0},
		{".5", "no JSON value", 0},
		{"01", "behind", 1},
		{"1.", "point", 2},
		{"-", "without digits", 1},
		{"1e", "exponent", 2},
		{"1e+", "exponent", 3},
		{"null null", "behind", 5},
		{"{} x", "behind", 3},
		{"{}\f", "behind", 2},
		{"\"abc", "without its end", 4},
		{"\"a\nb\"", "control character", 2},
		{"\"\\x\"", "unknown escape", 3},
		{"\"\\", "unknown escape", 2},
		{"\"\\u12g4\"", "hexadecimal", 7},
		{"\"\\u12\"", "hexadecimal", 0},
		{"\"\xc3\"", "UTF-8", 1},
		{"\"\xed\xa0\x80\"", "UTF-8", 1},
		{"[1,]", "no JSON value", 3},
		{"[1 2]", "array without its end", 3},
		{"[", "nothing", 1},
		{"[,1]", "no JSON value", 1},
		{"{\"a\"}", "colon", 4},
		{"{\"a\":}", "no JSON value", 5},
		{"{\"a\":1,}", "without a key", 7},
		{"{a:1}", "without a key", 1},
		{"{'a':1}", "without a key", 1},
		{"{\"a\":1", "object without its end", 6},
		{"[1}", "array without its end", 2},
		{"// c\n1", "no JSON value", 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		size_t at = 99;
		const char *why = wrong_with(cases[i].text, &at);
		if (!why || !strstr(why, cases[i].why))
			print_error("%s: %s\n", cases[i].text, why ? why : "accepted");
		assert_non_null(why);
		assert_contains(why, cases[i].why);
		if (cases[i].at)
			assert_int_equal(at, cases[i].at);
	}
	struct json_value v;
	assert_non_null(json_read(SLICE("\"a\0b\""), &v, NULL));
	assert_non_null(json_read(SLICE("1\0"), &v, NULL));
}

static void depth_is_bounded(void **state)
{
	(void)state;
	char text[2 * (JSON_DEPTH_MAX + 1)];
	struct json_value v;
	for (size_t depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		const char *why = json_read(slice_of(text, 2 * depth), &v, NULL);
		if (depth == JSON_DEPTH_MAX)
			assert_null(why);
		else
			assert_string_equal(why, "nested too deep");
	}
}

static void members_are_counted(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(4 << 20);
	struct json_value v;
	text_add_char(&t, '[');
	for (size_t i = 0; i < JSON_MEMBERS_MAX; i++)
		text_add_string(&t, i ? ",0" : "0");
	text_add_char(&t, ']');
	assert_null(json_read(text_slice(&t), &v, NULL));
	t.at[t.size - 1] = ',';
	text_add_string(&t, "0]");
	assert_string_equal(json_read(text_slice(&t), &v, NULL), "too many members");
}

static void wanted_members_are_found(void **state)
{
	(void)state;
	struct json_member m[] = {{.key = "a"}, {.key = "b"}, {.key = "missing"}, {.key = "deep"}};
	m[2].value.type = JSON_TRUE; /* left over from a line before */
	assert_null(json_read_object(
		SLICE(" {\"x\":[1,2],\"a\":1,\"deep\":{\"b\":2},\"b\":\"t\",\"x\":0}"), m, 4,
		NULL));
	assert_slice(m[0].value.raw, "1");
	assert_slice(m[1].value.raw, "t");
	assert_int_equal(m[1].value.type, JSON_STRING);
	assert_int_equal(m[2].value.type, JSON_ABSENT);
	assert_slice(m[3].value.raw, "{\"b\":2}");
}

static void a_wanted_key_twice_is_refused(void **state)
{
	(void)state;
	struct json_member m[] = {{.key = "a"}};
	size_t at = 0;
	assert_string_equal(json_read_object(SLICE("{\"a\":1,\"a\":1}"), m, 1, &at),
			    "a key that stands there twice");
	assert_true(at > 0 && at <= 13);
	assert_null(json_read_object(SLICE("{\"b\":1,\"b\":1}"), m, 1, &at));
	assert_string_equal(json_read_object(SLICE("[1]"), m, 1, &at), "no JSON object");
	assert_int_equal(at, 0);
	assert_non_null(json_read_object(SLICE("{\"a\":1} trailing"), m, 1, &at));
	assert_int_equal(at, 8);
}

static void elements_and_members_in_order(void **state)
{
	(void)state;
	struct json_value v, element;
	assert_null(json_read(SLICE("[ 1 , \"two\",[3], {} ,null]"), &v, NULL));
	static const char *const wanted[] = {"1", "two", "[3]", "{}", "null"};
	struct cursor c = json_array(&v);
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		assert_true(json_next(&c, &element));
		assert_true(slice_is(element.raw, wanted[i]));
	}
	assert_false(json_next(&c, &element));
	struct cursor none = json_object(&v);
	struct slice key;
	assert_false(json_next_member(&none, &key, &element));
	assert_null(json_read(SLICE("{ \"a\" : 1 , \"b\":[ ] }"), &v, NULL));
	c = json_object(&v);
	assert_true(json_next_member(&c, &key, &element));
	assert_slice(key, "a");
	assert_true(json_next_member(&c, &key, &element));
	assert_slice(key, "b");
	assert_slice(element.raw, "[ ]");
	assert_false(json_next_member(&c, &key, &element));
	none = json_array(&v);
	assert_false(json_next(&none, &element));
}

static void strings_become_plain(void **state)
{
	(void)state;
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{"\"as it is\"", "as it is"},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
		{"\"\\u0041\\u00e4\\u20ac\"", "A\xc3\xa4\xe2\x82\xac"},
		{"\"\\uD83D\\uDE00\"", "\xf0\x9f\x98\x80"},
		{"\"\\udbff\\udfff\"", "\xf4\x8f\xbf\xbf"},
		{"\"\\ud83d\"", "\xef\xbf\xbd"},   /* a lone upper half */
		{"\"\\ude00x\"", "\xef\xbf\xbdx"}, /* a lone lower half */
		{"\"\\ud83d\\n\"", "\xef\xbf\xbd\n"},
		{"\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
				       "A"},
		{"\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct json_value v;
		char buffer[32];
		struct slice plain;
		assert_null(json_read(slice_of_string(cases[i].text), &v, NULL));
		assert_true(json_string(&v, buffer, sizeof buffer, &plain));
		assert_true(slice_is(plain, cases[i].plain));
	}
	struct json_value v;
	char buffer[4];
	struct slice plain;
	assert_null(json_read(SLICE("\"\\u0000\""), &v, NULL));
	assert_true(json_string(&v, buffer, sizeof buffer, &plain));
	assert_slice(plain, "\0");
	assert_null(json_read(SLICE("\"abc\\n\""), &v, NULL));
	assert_true(json_string(&v, buffer, 4, &plain));
	assert_false(json_string(&v, buffer, 3, &plain));
	assert_null(json_read(SLICE("\"longer than four\""), &v, NULL));
	assert_true(json_string(&v, buffer, 4, &plain)); /* no escape: the input itself */
	assert_ptr_equal(plain.at, v.raw.at);
	assert_null(json_read(SLICE("17"), &v, NULL));
	assert_false(json_string(&v, buffer, 4, &plain));
}

static void numbers_are_whole_and_in_range(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool i64, u64;
	} cases[] = {
		{"0", true, true},
		{"-1", true, false},
		{"9223372036854775807", true, true},
		{"9223372036854775808", false, true},
		{"18446744073709551615", false, true},
		{"18446744073709551616", false, false},
		{"1.0", false, false},
		{"1e2", false, false},
		{"\"1\"", false, false},
		{"true", false, false},
		{"null", false, false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct json_value v;
		int64_t number;
		uint64_t large;
		assert_null(json_read(slice_of_string(cases[i].text), &v, NULL));
		assert_int_equal(json_i64(&v, &number), cases[i].i64);
		assert_int_equal(json_u64(&v, UINT64_MAX, &large), cases[i].u64);
	}
	struct json_value v;
	uint64_t port;
	bool flag = false;
	assert_null(json_read(SLICE("65536"), &v, NULL));
	assert_false(json_u64(&v, 65535, &port));
	assert_false(json_bool(&v, &flag));
	assert_null(json_read(SLICE("true"), &v, NULL));
	assert_true(json_bool(&v, &flag) && flag);
	assert_null(json_read(SLICE("false"), &v, NULL));
	assert_true(json_bool(&v, &flag) && !flag);
}

/* a, b.c and d[1].e, and d[1] itself */
static void members_deep_inside_are_found(void **state)
{
	(void)state;
	static const struct json_path tree[] = {
		{{0}, 1, -1, -1},	       {SLICE("a"), -1, 2, 0}, {SLICE("b"), 3, 4, -1},
		{SLICE("c"), -1, -1, 1},       {SLICE("d"), 5, -1, -1}, {SLICE("1"), 6, -1, 3},
		{SLICE("e"), -1, -1, 2},
	};
	struct json_value v[4];
	size_t at;
	assert_null(json_pick(SLICE("{\"b\":{\"x\":[{\"c\":9}],\"c\":1},\"d\":[{\"e\":5},{\"e\":\"f\"},{\"e\":6}],"
				    "\"a\":null,\"c\":7}"), tree, v, 4, NULL));
	assert_int_equal(v[0].type, JSON_NULL);
	assert_true(slice_is(v[1].raw, "1"));
	assert_true(slice_is(v[2].raw, "f"));
	assert_true(slice_is(v[3].raw, "{\"e\":\"f\"}"));
	assert_null(json_pick(SLICE("{\"b\":[{\"c\":1}],\"d\":{\"1\":{\"e\":2}}}"), tree, v, 4, NULL));
	assert_int_equal(v[0].type, JSON_ABSENT);
	assert_int_equal(v[1].type, JSON_ABSENT);
	assert_true(slice_is(v[2].raw, "2")); /* a name that is a number is a name too */
	assert_string_equal(json_pick(SLICE("{\"a\":1,\"a\":2}"), tree, v, 4, &at), "a key that stands there twice");
	assert_string_equal(json_pick(SLICE("[1]"), tree, v, 4, &at), "no JSON object");
	assert_non_null(json_pick(SLICE("{\"a\":1"), tree, v, 4, &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_values),
		cmocka_unit_test(bad_values_say_why_and_where),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(members_are_counted),
		cmocka_unit_test(wanted_members_are_found),
		cmocka_unit_test(a_wanted_key_twice_is_refused),
		cmocka_unit_test(elements_and_members_in_order),
		cmocka_unit_test(members_deep_inside_are_found),
		cmocka_unit_test(strings_become_plain),
		cmocka_unit_test(numbers_are_whole_and_in_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
