/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/ring.h"

static void powers_of_two_alone(void **state)
{
	static const struct {
		const char *text;
		uint64_t wanted; /* 0: refused */
	} cases[] = {
		{"4096", 4096}, {"8388608", 8388608}, {"1073741824", 1073741824},
		{"3", 0}, {"2048", 0}, {"4097", 0}, {"12288", 0}, {"2147483648", 0}, {"0", 0}, {"", 0}, {"-4096", 0}, {"4096 ", 0}, {"4K", 0},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		uint64_t got = 0;
		assert_int_equal(ring_parse(cases[i].text, &got, &err), cases[i].wanted ? OK : ERR_USAGE);
		assert_int_equal(got, cases[i].wanted);
		if (!cases[i].wanted)
			assert_contains(err.text, "--ring takes a power of two");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(powers_of_two_alone)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
