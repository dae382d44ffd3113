/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "report/crc_beside.h"

#include <string.h>

/* The check value of the CRC's own catalogue, in every way to cut its text in two. */
static void the_checksum_is_the_known_one(void **state)
{
	static const char text[] = "123456789";
	(void)state;
	struct crc_beside *c = crc_beside_new();
	for (size_t cut = 0; cut <= strlen(text); cut++) {
		crc_beside_add(c, slice_of(text, cut));
		crc_beside_add(c, slice_of(text + cut, strlen(text) - cut));
		assert_int_equal(crc_beside_take(c), 0xcbf43926u);
	}
	assert_int_equal(crc_beside_take(c), 0);
	crc_beside_free(c);
}

/* Two buffers by turns, as the writer of archives has them: none is read once it is given back. */
static void buffers_may_be_used_by_turns(void **state)
{
	static unsigned char buffers[2][4096], all[64][sizeof buffers[0]];
	(void)state;
	struct crc_beside *c = crc_beside_new();
	for (size_t i = 0; i < 64; i++) {
		memset(buffers[i % 2], (int)(i * 37 + 1), sizeof buffers[0]);
		memcpy(all[i], buffers[i % 2], sizeof buffers[0]);
		crc_beside_add(c, slice_of(buffers[i % 2], sizeof buffers[0]));
	}
	uint32_t by_turns = crc_beside_take(c);
	crc_beside_add(c, slice_of(all, sizeof all));
	assert_int_equal(crc_beside_take(c), by_turns);
	crc_beside_free(c);
}

static void one_that_had_nothing_to_do_ends(void **state)
{
	(void)state;
	crc_beside_free(NULL);
	crc_beside_free(crc_beside_new());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_the_known_one),
		cmocka_unit_test(buffers_may_be_used_by_turns),
		cmocka_unit_test(one_that_had_nothing_to_do_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
