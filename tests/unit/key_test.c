/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/key.h"

#include <openssl/crypto.h>
#include <sys/resource.h>
#include <sys/wait.h>

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

/* The secret heap holds nothing between keys, and something while there is one. */
static void the_secret_half_is_kept_apart_and_erased(void **state)
{
	(void)state;
	unsigned char sig[KEY_SIGNATURE_MAX];
	key_free(key_new()); /* the heap is made with the first */
	size_t before = CRYPTO_secure_used();
	struct key *k = key_new();
	size_t with_key = CRYPTO_secure_used();
	assert_true(with_key > before);
	assert_true(key_sign(k, SLICE("m"), sig) > 0);
	assert_int_equal(CRYPTO_secure_used(), with_key);
	key_free(k);
	assert_int_equal(CRYPTO_secure_used(), before);
}

/* In a process of its own: where memory may not be locked, that is told, and signing goes
 * on all the same. */
static const char *kept_with(rlim_t limit)
{
	int status;
	unsigned char sig[KEY_SIGNATURE_MAX];
	pid_t child = fork();
	if (child == 0) {
		if (setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){limit, limit}) != 0 ||
		    (getuid() == 0 && setresuid(65534, 65534, 65534) != 0))
			_exit(3);
		struct key *k = key_new();
		bool signs = key_sign(k, SLICE("m"), sig) > 0;
		key_free(k);
		_exit(!signs ? 2 : strcmp(key_kept(), "locked") != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 0 ? "locked" : "unlocked";
}

/* First of all: a heap that was made before the fork would be the child's too. */
static void locked_where_the_system_allows_it(void **state)
{
	(void)state;
	assert_string_equal(kept_with(64 << 10), "locked");
	assert_string_equal(kept_with(0), "unlocked");
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
		cmocka_unit_test(locked_where_the_system_allows_it),
		cmocka_unit_test(the_secret_half_is_kept_apart_and_erased),
		cmocka_unit_test(a_signature_fits_its_key_and_message),
		cmocka_unit_test(every_changed_bit_is_noticed),
		cmocka_unit_test(garbage_verifies_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
