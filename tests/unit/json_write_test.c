/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/json.h"

#include <sys/wait.h>

static void everything_is_written(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1000);
	struct json j = json_on(&t);
	json_begin_object(&j, NULL);
	json_add_string(&j, "s", "a\"\\\n\t\x01\x7f/");
	json_add_string(&j, "n", NULL);
	json_add_i64(&j, "i", INT64_MIN);
	json_add_u64(&j, "u", UINT64_MAX);
	json_begin_array(&j, "a");
	json_add_bool(&j, NULL, true);
	json_add_bool(&j, NULL, false);
	json_add_null(&j, NULL);
	json_begin_object(&j, NULL);
	json_end_object(&j);
	json_begin_array(&j, NULL);
	json_end_array(&j);
	json_end_array(&j);
	json_add_hex(&j, "h", "\x0f\xf0", 2);
	json_add_raw(&j, "r", SLICE("{\"x\":1}"));
	json_end_object(&j);
	assert_string_equal(text_string(&t),
			    "{\"s\":\"a\\\"\\\\\\n\\t\\u0001\\u007f/\",\"n\":null,"
			    "\"i\":-9223372036854775808,\"u\":18446744073709551615,"
			    "\"a\":[true,false,null,{},[]],\"h\":\"0ff0\",\"r\":{\"x\":1}}");
	struct json_value v;
	assert_null(json_read(text_slice(&t), &v, NULL));
}

static void foreign_bytes_stay_json(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1000);
	struct json j = json_on(&t);
	json_add_slice(&j, NULL, SLICE("\0\xff\xed\xa0\x80\xc3\xa4\xe2\x80\xa8"));
	assert_string_equal(
		text_string(&t),
		"\"\\u0000\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xc3\xa4\\u2028\"");
	for (unsigned byte = 0; byte < 256; byte++) { /* each comes back as it was, or as U+FFFD */
		char c = (char)byte, buffer[16];
		struct json_value v;
		struct slice plain;
		text_clear(&t);
		j = json_on(&t);
		json_add_slice(&j, NULL, slice_of(&c, 1));
		assert_null(json_read(text_slice(&t), &v, NULL));
		assert_true(json_string(&v, buffer, sizeof buffer, &plain));
		if (byte < 0x80)
			assert_true(plain.size == 1 && plain.at[0] == byte);
		else
			assert_slice(plain, "\xef\xbf\xbd");
	}
}

static void nesting_past_the_maximum_ends_the_process(void **state)
{
	(void)state;
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		AUTO_TEXT struct text t = text_make(1000);
		struct json j = json_on(&t);
		for (size_t i = 0; i < JSON_DEPTH_MAX; i++)
			json_begin_array(&j, NULL);
		if (t.size != JSON_DEPTH_MAX || !freopen("/dev/null", "w", stderr))
			_exit(1);
		json_begin_array(&j, NULL);
		_exit(2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), error_exit(ERR_INTERNAL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_written),
		cmocka_unit_test(foreign_bytes_stay_json),
		cmocka_unit_test(nesting_past_the_maximum_ends_the_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
