/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are named to be watched, beside what /proc tells of one that runs. */
#include "tests/unit/test.h"

#include "core/named.h"

#include <unistd.h>

static const struct named named = {
	.exes = {"/opt/app"}, .exe_count = 1,
	.units = {"model.service"}, .unit_count = 1,
	.groups = {"/user.slice/"}, .group_count = 1,
};

static void paths_of_programs(void **state)
{
	(void)state;
	assert_true(named_exe(&named, SLICE("/opt/app")));
	assert_true(named_exe(&named, SLICE("/opt/app (deleted)")));
	assert_false(named_exe(&named, SLICE("/opt/app (deleted) ")));
	assert_false(named_exe(&named, SLICE("/opt/apps")));
	assert_false(named_exe(&named, SLICE("")));
}

static void groups_by_their_line(void **state)
{
	(void)state;
	assert_string_equal(named_group(&named, SLICE("1:cpu:/x\n0::/system.slice/model.service\n")), "unit");
	assert_string_equal(named_group(&named, SLICE("0::/a/model.service/b")), "unit");
	assert_string_equal(named_group(&named, SLICE("0::/user.slice")), "cgroup");
	assert_string_equal(named_group(&named, SLICE("0::/user.slice/user-0.slice")), "cgroup");
	assert_null(named_group(&named, SLICE("0::/user.slices")));
	assert_null(named_group(&named, SLICE("1:cpu:/user.slice\n0::/")));
	assert_null(named_group(&named, SLICE("0::/model.service.d\n")));
	assert_null(named_group(&named, SLICE("")));
}

static void all_of_a_process(void **state)
{
	struct scratch *s = *state;
	struct named mine = {.users = {getuid()}, .user_count = 1}, none = {.exe_count = 0};
	assert_false(named_any(&none));
	assert_true(named_any(&mine));
	assert_null(named_by(&none, s->fd));
	assert_null(named_by(&named, s->fd)); /* nothing there tells */
	scratch_put(s, "cgroup", SLICE("0::/user.slice\n"));
	assert_string_equal(named_by(&named, s->fd), "cgroup");
	assert_int_equal(symlinkat("/opt/app", s->fd, "exe"), 0);
	assert_string_equal(named_by(&named, s->fd), "exe");
	assert_string_equal(named_by(&mine, s->fd), "user");
	mine.users[0] = getuid() + 1;
	assert_null(named_by(&mine, s->fd));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_of_programs),
		cmocka_unit_test(groups_by_their_line),
		scratch_test(all_of_a_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
