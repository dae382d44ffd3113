/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The DER of signatures, held against OpenSSL's.
 */
#include "tests/unit/test.h"

/* The source itself: no program of this system has use for it. */
#include "core/windows/signature.c"
#include "core/random.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

/* What OpenSSL makes of the same two numbers. */
static size_t openssl_der(const unsigned char pair[static SIGNATURE_PAIR_SIZE], unsigned char **ret)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	assert_int_equal(ECDSA_SIG_set0(sig, BN_bin2bn(pair, 32, NULL), BN_bin2bn(pair + 32, 32, NULL)),
			 1);
	*ret = NULL;
	int size = i2d_ECDSA_SIG(sig, ret);
	ECDSA_SIG_free(sig);
	assert_true(size > 0);
	return (size_t)size;
}

static void check(const unsigned char pair[static SIGNATURE_PAIR_SIZE])
{
	unsigned char der[KEY_SIGNATURE_MAX], back[SIGNATURE_PAIR_SIZE], *wanted;
	size_t size = signature_to_der(pair, der), wanted_size = openssl_der(pair, &wanted);
	assert_int_equal(size, wanted_size);
	assert_memory_equal(der, wanted, size);
	OPENSSL_free(wanted);
	assert_true(signature_from_der(slice_of(der, size), back));
	assert_memory_equal(back, pair, sizeof back);
	for (size_t cut = 0; cut < size; cut++)
		assert_false(signature_from_der(slice_of(der, cut), back));
	der[size] = 0;
	assert_false(signature_from_der(slice_of(der, size + 1), back));
}

static void numbers_of_every_length(void **state)
{
	(void)state;
	static const unsigned char firsts[] = {0x01, 0x7f, 0x80, 0xff};
	for (size_t r = 0; r <= SIGNATURE_NUMBER_SIZE; r++)
		for (size_t s = 0; s <= SIGNATURE_NUMBER_SIZE; s++)
			for (size_t i = 0; i < LENGTH(firsts); i++) {
				unsigned char pair[SIGNATURE_PAIR_SIZE];
				random_bytes(pair, sizeof pair);
				memset(pair, 0, r);
				memset(pair + SIGNATURE_NUMBER_SIZE, 0, s);
				if (r < SIGNATURE_NUMBER_SIZE)
					pair[r] = firsts[i];
				if (s < SIGNATURE_NUMBER_SIZE)
					pair[SIGNATURE_NUMBER_SIZE + s] = firsts[LENGTH(firsts) - 1 - i];
				check(pair);
			}
}

static void one_spelling_alone(void **state)
{
	(void)state;
	unsigned char pair[SIGNATURE_PAIR_SIZE];
	assert_true(signature_from_der(SLICE("\x30\x06\x02\x01\x05\x02\x01\x07"), pair));
	assert_int_equal(pair[31], 5);
	assert_int_equal(pair[63], 7);
	static const struct slice wrong[] = {
		SLICE("\x31\x06\x02\x01\x05\x02\x01\x07"),         /* a set */
		SLICE("\x30\x06\x03\x01\x05\x02\x01\x07"),         /* a bit string */
		SLICE("\x30\x81\x06\x02\x01\x05\x02\x01\x07"),     /* the length in two bytes */
		SLICE("\x30\x07\x02\x02\x00\x05\x02\x01\x07"),     /* a zero too many */
		SLICE("\x30\x06\x02\x01\x85\x02\x01\x07"),         /* negative */
		SLICE("\x30\x05\x02\x00\x02\x01\x07"),             /* no number */
		SLICE("\x30\x06\x02\x01\x05\x02\x01\x07\x00"),     /* something behind */
		SLICE("\x30\x07\x02\x01\x05\x02\x01\x07\x00"),     /* the same inside */
		SLICE("\x30\x05\x02\x01\x05\x02\x01\x07"),         /* shorter than it is */
		SLICE("\x30\x06\x02\x01\x05\x02\x02\x07"),         /* the second runs out */
	};
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_false(signature_from_der(wrong[i], pair));
	/* 33 bytes, of which the first is not 0: larger than any number of the curve */
	unsigned char large[2 + 2 + 33 + 3] = {0x30, 38, 0x02, 33, 0x01};
	memcpy(large + 37, "\x02\x01\x07", 3);
	assert_false(signature_from_der(slice_of(large, sizeof large), pair));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_every_length),
		cmocka_unit_test(one_spelling_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
