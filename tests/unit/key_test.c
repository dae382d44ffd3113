/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/key.h"

static void a_signature_fits_its_key_and_message(void **state)
{
	(void)state;
	unsigned char public[KEY_PUBLIC_SIZE], other[KEY_PUBLIC_SIZE], sig[KEY_SIGNATURE_MAX];
	struct key *k = key_new(), *k2 = key_new();
	key_public(k, public);
	key_public(k2, other);
	assert_int_equal(public[0], 4); /* SEC 1, 2.3.3: uncompressed */
	assert_memory_not_equal(public, other, KEY_PUBLIC_SIZE);
	for (size_t i = 0; i < 20; i++) { /* signatures differ in length */
		size_t size = key_sign(k, SLICE("message"), sig);
		assert_true(size > 8 && size <= KEY_SIGNATURE_MAX);
		assert_true(key_verify(public, SLICE("message"), slice_of(sig, size)));
		assert_false(key_verify(public, SLICE("messagf"), slice_of(sig, size)));
		assert_false(key_verify(public, SLICE("message "), slice_of(sig, size)));
		assert_false(key_verify(other, SLICE("message"), slice_of(sig, size)));
		assert_false(key_verify(public, SLICE("message"), slice_of(sig, size - 1)));
	}
	key_free(k);
	key_free(k2);
	key_free(NULL);
}

static void every_changed_bit_is_noticed(void **state)
{
	(void)state;
	unsigned char public[KEY_PUBLIC_SIZE], sig[KEY_SIGNATURE_MAX];
	struct key *k = key_new();
	key_public(k, public);
	size_t size = key_sign(k, SLICE("m"), sig);
	key_free(k);
	for (size_t bit = 0; bit < 8 * size; bit++) {
		sig[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(key_verify(public, SLICE("m"), slice_of(sig, size)));
		sig[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < sizeof public * 8; bit++) { /* mostly not on the curve */
		public[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(key_verify(public, SLICE("m"), slice_of(sig, size)));
		public[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	assert_true(key_verify(public, SLICE("m"), slice_of(sig, size)));
}

static void garbage_verifies_nothing(void **state)
{
	(void)state;
	unsigned char zeros[KEY_PUBLIC_SIZE] = {0}, infinity[KEY_PUBLIC_SIZE] = {4};
	assert_false(key_verify(zeros, SLICE("m"), SLICE("0")));
	assert_false(key_verify(infinity, SLICE("m"), SLICE("0\x06\x02\x01\x00\x02\x01\x00")));
	assert_false(key_verify(zeros, slice_of(NULL, 0), slice_of(NULL, 0)));
	unsigned char public[KEY_PUBLIC_SIZE];
	struct key *k = key_new();
	key_public(k, public);
	key_free(k);
	assert_false(key_verify(public, SLICE("m"), SLICE("0\x06\x02\x01\x00\x02\x01\x00")));
	assert_false(key_verify(public, SLICE("m"), slice_of(NULL, 0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_fits_its_key_and_message),
		cmocka_unit_test(every_changed_bit_is_noticed),
		cmocka_unit_test(garbage_verifies_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
