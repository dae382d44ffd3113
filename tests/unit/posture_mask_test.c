/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/posture_mask.h"

#include "core/clock.h"

static void check(const char *in, const char *wanted)
{
	AUTO_TEXT struct text out = text_make(1 << 20);
	posture_mask(slice_of_string(in), &out);
	assert_string_equal(text_string(&out), wanted);
}

static void secrets_are_taken_out(void **state)
{
	(void)state;
	check("{\"apiKey\": \"sk-1\", \"apiBase\": \"http://127.0.0.1\"}",
	      "{\"apiKey\": \"[masked]\", \"apiBase\": \"http://127.0.0.1\"}");
	check("{\"a_token\":\"x\\\"y\",\"b\":1}", "{\"a_token\":\"[masked]\",\"b\":1}");
	check("  apiKey: abc def # it\n  model: m\n", "  apiKey: [masked]\n  model: m\n");
	check("api_key = 'q'\n[x]\n", "api_key = '[masked]'\n[x]\n");
	check("OPENAI_API_KEY=abc\nOLLAMA_HOST=127.0.0.1\n", "OPENAI_API_KEY=[masked]\nOLLAMA_HOST=127.0.0.1\n");
	check("http_proxy=http://me:pw@192.0.2.1:8080/\n", "http_proxy=http://[masked]@192.0.2.1:8080/\n");
	check("http://me@192.0.2.1/ http://a:b@c:d@e/", "http://[masked]@192.0.2.1/ http://[masked]@[masked]@e/");
	check("x=http://u:p#w?@h/", "x=http://[masked]#[masked]?@h/");
	check("\"Authorization\" : \"Bearer z\"}", "\"Authorization\" : \"[masked]\"}");
	check("password", "password");
	check("token=\"never closed", "token=\"[masked]");
}

static void everything_else_stays(void **state)
{
	static const char *const texts[] = {
		"{\"maxTokens\": 4096}", "\"keyboard\": \"us\"", "\"tokens\": [1]", "\"key\": {\"a\": 1}",
		"\"use_key\": true,", "http://192.0.2.1/a@b", "email: a@b.example\n", "key\n: x", "",
		"http://vendor.example#@localhost/", "http://vendor.example\\@127.0.0.1/", "http://a.example?@localhost",
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(texts); i++)
		check(texts[i], texts[i]);
}

static void of_variables_few_stay(void **state)
{
	AUTO_TEXT struct text out = text_make(1 << 16);
	(void)state;
	posture_keep_variables(SLICE("DB=x\nexport OLLAMA_HOST=127.0.0.1\r\n# c\nHTTPS_PROXY=http://p\nSTRIPE=1\nAIDER_MODEL=m"), &out);
	assert_string_equal(text_string(&out), "OLLAMA_HOST=127.0.0.1\nHTTPS_PROXY=http://p\nAIDER_MODEL=m\n");
}

static void takes_linear_time(void **state)
{
	enum { SIZE = 8 << 20 };
	static const char *const pieces[] = {"key:", "://", "key=\"", "key= ", "a", "\"", "://a"};
	(void)state;
	for (size_t i = 0; i < LENGTH(pieces); i++) {
		AUTO_TEXT struct text in = text_make(SIZE), out = text_make(8 * SIZE);
		while (!in.overflow)
			text_add_string(&in, pieces[i]);
		int64_t before = clock_mono();
		posture_mask(text_slice(&in), &out);
		assert_true(clock_mono() - before < 10 * CLOCK_SECOND);
		assert_false(out.overflow);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_are_taken_out),
		cmocka_unit_test(everything_else_stays),
		cmocka_unit_test(of_variables_few_stay),
		cmocka_unit_test(takes_linear_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
