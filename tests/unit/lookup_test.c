/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "ingest/lookup.h"

static void put_get_replace(void **state)
{
	(void)state;
	struct lookup *l = lookup_new(10);
	assert_int_equal(lookup_get(l, 0), 0);
	assert_true(lookup_put(l, 0, 5)); /* 0 is a key like any other */
	assert_true(lookup_put(l, UINT64_MAX, 6));
	assert_true(lookup_put(l, 0, 7));
	assert_int_equal(lookup_get(l, 0), 7);
	assert_int_equal(lookup_get(l, UINT64_MAX), 6);
	assert_int_equal(lookup_get(l, 1), 0);
	lookup_free(l);
	lookup_free(NULL);
}

static void grows_without_losing_anything(void **state)
{
	(void)state;
	struct lookup *l = lookup_new(1 << 20);
	static const uint64_t steps[] = {1, 4096, UINT64_C(1) << 32, UINT64_C(0x9E3779B97F4A7C15)};
	for (uint64_t i = 1; i <= 20000; i++)
		for (size_t s = 0; s < LENGTH(steps); s++)
			assert_true(lookup_put(l, (i * steps[s]) ^ (uint64_t)s << 60,
					       (int64_t)(4 * i + s)));
	for (uint64_t i = 1; i <= 20000; i++)
		assert_int_equal(lookup_get(l, (i * steps[3]) ^ UINT64_C(3) << 60),
				 (int64_t)(4 * i + 3));
	lookup_free(l);
}

static void a_full_table_says_so(void **state)
{
	(void)state;
	struct lookup *l = lookup_new(1000);
	for (uint64_t i = 1; i <= 1000; i++)
		assert_true(lookup_put(l, i, (int64_t)i));
	assert_false(lookup_put(l, 1001, 1));
	assert_int_equal(lookup_get(l, 1001), 0);
	assert_true(lookup_put(l, 500, 77)); /* what is there can be replaced */
	assert_int_equal(lookup_get(l, 500), 77);
	lookup_free(l);
	l = lookup_new(0);
	assert_false(lookup_put(l, 1, 1));
	lookup_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_get_replace),
		cmocka_unit_test(grows_without_losing_anything),
		cmocka_unit_test(a_full_table_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
