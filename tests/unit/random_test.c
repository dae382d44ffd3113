/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/random.h"

static void every_byte_is_drawn(void **state)
{
	(void)state;
	static unsigned char once[4096], again[4096];
	unsigned seen[256] = {0}, values = 0;
	random_bytes(once, sizeof once);
	random_bytes(again, sizeof again);
	assert_memory_not_equal(once, again, sizeof once);
	/* that 16 of 256 values are not among 4096 draws happens to nobody */
	for (size_t i = 0; i < sizeof once; i++)
		seen[once[i]]++;
	for (size_t i = 0; i < LENGTH(seen); i++)
		values += seen[i] > 0;
	assert_true(values > 240);
	assert_memory_not_equal(once + sizeof once - 16, again + sizeof again - 16, 16);
}

static void no_more_than_was_asked(void **state)
{
	(void)state;
	unsigned char bytes[8] = {0}, zeros[8] = {0};
	random_bytes(bytes, 0);
	assert_memory_equal(bytes, zeros, sizeof bytes);
	for (size_t i = 0; i < 64; i++) {
		random_bytes(bytes + 2, 4);
		assert_memory_equal(bytes, zeros, 2);
		assert_memory_equal(bytes + 6, zeros, 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_drawn),
		cmocka_unit_test(no_more_than_was_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
