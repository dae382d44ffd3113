/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "fleet/claim.h"

static void a_name_tells_host_and_times(void **state)
{
	(void)state;
	struct claim c;
	char time[CLOCK_TEXT_MAX];
	assert_true(claim_read(SLICE("AGV_Example_build_host-1.lan_20251201T020000Z_20251201T023001Z_0a0b0c0d.zip"), &c));
	assert_string_equal(c.host, "host-1.lan");
	clock_text(c.began_ns, 0, time);
	assert_string_equal(time, "2025-12-01T02:00:00Z");
	clock_text(c.ended_ns, 0, time);
	assert_string_equal(time, "2025-12-01T02:30:01Z");
}

static void another_name_tells_nothing(void **state)
{
	(void)state;
	static const char *const names[] = {
		"", "bundle.zip", "AGV_x_x_h_20251201T020000Z_20251201T023000Z_x", "AGV_x_x__20251201T020000Z_20251201T023000Z_x.zip",
		"XGV_x_x_h_20251201T020000Z_20251201T023000Z_x.zip", "AGV_x_x_a_b_20251201T020000Z_20251201T023000Z_x.zip",
		"AGV_x_x_h_20251201T020000Z_20251201T023000Z_x_y.zip", "AGV_x_x_h_20251301T020000Z_20251201T023000Z_x.zip",
		"AGV_x_x_h_20251201T020000_20251201T023000Z_x.zip", "AGV_x_x_h_20251201X020000Z_20251201T023000Z_x.zip",
	};
	struct claim c;
	for (size_t i = 0; i < LENGTH(names); i++)
		assert_false(claim_read(slice_of_string(names[i]), &c));
	assert_false(claim_read(SLICE("AGV_x_x_h\0h_20251201T020000Z_20251201T023000Z_x.zip"), &c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_tells_host_and_times),
		cmocka_unit_test(another_name_tells_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
