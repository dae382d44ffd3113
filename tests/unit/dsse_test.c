/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "report/base64.h"
#include "report/dsse.h"

#define TYPE "application/vnd.test+json"

static void base64_is_that_of_the_rfc(void **state)
{
	(void)state;
	/* RFC 4648, section 10 */
	static const char *const pairs[][2] = {{"", ""},	       {"f", "Zg=="},	      {"fo", "Zm8="},
					       {"foo", "Zm9v"},	       {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
					       {"foobar", "Zm9vYmFy"}};
	for (size_t i = 0; i < LENGTH(pairs); i++) {
		AUTO_TEXT struct text out = text_make(64), back = text_make(64);
		base64_add(&out, slice_of_string(pairs[i][0]));
		assert_string_equal(text_string(&out), pairs[i][1]);
		assert_true(base64_read(text_slice(&out), &back));
		assert_string_equal(text_string(&back), pairs[i][0]);
	}
	static const char *const wrong[] = {"Z", "Zg", "Zg=", "=Zg=", "Z===", "Zm9v Zm9", " Zm9v   ", "Zm9\n", "Zm-_", "Zm9vZg==Zm9v"};
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		AUTO_TEXT struct text back = text_make(64);
		bool read = base64_read(slice_of_string(wrong[i]), &back);
		if (read)
			print_error("\"%s\"\n", wrong[i]);
		assert_false(read);
	}
	AUTO_TEXT struct text small = text_make(3);
	base64_add(&small, SLICE("foo"));
	assert_true(small.overflow);
}

static void what_is_signed_is_read_again(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *stranger = fixture_signing();
	static const char *const payloads[] = {"", "{}", "{\"a\":\"\xc3\xa4\"}\n"};
	for (size_t i = 0; i < LENGTH(payloads); i++) {
		AUTO_TEXT struct text out = text_make(DSSE_SIZE_MAX), back = text_make(1024);
		assert_int_equal(dsse_sign(signing, TYPE, slice_of_string(payloads[i]), &out, NULL), OK);
		assert_null(dsse_check(text_slice(&out), TYPE, signing_certificate(signing), &back));
		assert_string_equal(text_string(&back), payloads[i]);
		assert_non_null(dsse_check(text_slice(&out), "text/plain", signing_certificate(signing), &back));
		assert_non_null(dsse_check(text_slice(&out), TYPE, signing_certificate(stranger), &back));
	}
}

static void no_bit_is_free(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_TEXT struct text out = text_make(DSSE_SIZE_MAX);
	assert_int_equal(dsse_sign(signing, TYPE, SLICE("{\"a\":1}"), &out, NULL), OK);
	for (size_t at = 0; at < out.size; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			AUTO_TEXT struct text back = text_make(1024);
			out.at[at] = (char)(out.at[at] ^ (1 << bit));
			bool good = !dsse_check(text_slice(&out), TYPE, signing_certificate(signing), &back);
			if (good)
				print_error("byte %zu, bit %u\n", at, bit);
			assert_false(good);
			out.at[at] = (char)(out.at[at] ^ (1 << bit));
		}
	for (size_t size = 0; size < out.size; size++) {
		AUTO_TEXT struct text back = text_make(1024);
		assert_non_null(dsse_check(slice_part(text_slice(&out), 0, size), TYPE,
					   signing_certificate(signing), &back));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_that_of_the_rfc),
		cmocka_unit_test(what_is_signed_is_read_again),
		cmocka_unit_test(no_bit_is_free),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
