/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "report/cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>

static const unsigned char digest[HASH_SIZE] = {1, 2, 3};

static void sign(const struct signing *signing, int64_t when, struct text *ret)
{
	*ret = text_make(CMS_SIZE_MAX);
	assert_int_equal(cms_sign(signing, digest, when, ret, NULL), OK);
}

static void what_is_signed_is_read_again(void **state)
{
	static const struct {
		const char *time;
		int64_t ns;
	} times[] = {
		{"1970", 0},
		{"2024", INT64_C(1706961600000000000)},
		{"2049-12-31T23:59:59Z", INT64_C(2524607999000000000)},
		{"2050-01-01T00:00:00Z", INT64_C(2524608000000000000)},
	};
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	for (size_t i = 0; i < LENGTH(times); i++) {
		AUTO_TEXT struct text der = {0};
		struct cms_signed found;
		sign(signing, times[i].ns, &der);
		assert_null(cms_check(text_slice(&der), &found));
		assert_int_equal(found.signed_ns, times[i].ns);
		assert_memory_equal(found.digest, digest, HASH_SIZE);
		assert_memory_equal(found.certificate.fingerprint,
				    signing_certificate(signing)->fingerprint, HASH_SIZE);
		certificate_free(&found.certificate);
	}
}

static void openssl_reads_and_writes_the_same(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_TEXT struct text der = {0};
	sign(signing, FIXTURE_NOW, &der);
	const unsigned char *at = (const unsigned char *)der.at;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.size);
	assert_non_null(cms);
	unsigned char *again = NULL;
	int size = i2d_CMS_ContentInfo(cms, &again);
	assert_int_equal(size, der.size);
	assert_memory_equal(again, der.at, der.size);
	OPENSSL_free(again);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
}

static void no_bit_is_free(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_TEXT struct text der = {0};
	sign(signing, FIXTURE_NOW, &der);
	for (size_t at = 0; at < der.size; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			struct cms_signed found;
			der.at[at] = (char)(der.at[at] ^ (1 << bit));
			const char *wrong = cms_check(text_slice(&der), &found);
			/* the two digests are for the caller to compare; they are signed here */
			if (!wrong)
				print_error("byte %zu, bit %u\n", at, bit);
			assert_non_null(wrong);
			assert_null(found.certificate.x509);
			der.at[at] = (char)(der.at[at] ^ (1 << bit));
		}
}

static void cut_or_longer_ones_are_refused(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_TEXT struct text der = {0};
	struct cms_signed found;
	sign(signing, FIXTURE_NOW, &der);
	for (size_t size = 0; size < der.size; size++)
		assert_non_null(cms_check(slice_part(text_slice(&der), 0, size), &found));
	text_add_char(&der, 0);
	assert_non_null(cms_check(text_slice(&der), &found));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_signed_is_read_again),
		cmocka_unit_test(openssl_reads_and_writes_the_same),
		cmocka_unit_test(no_bit_is_free),
		cmocka_unit_test(cut_or_longer_ones_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
