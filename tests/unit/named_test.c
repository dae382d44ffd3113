/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are named to be watched, beside what /proc tells of one that runs. */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/named.h"

#include <stdio.h>
#include <stdlib.h>
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

/* A link is followed when it is named, and again when it leads elsewhere by then. */
static void links_to_programs(void **state)
{
	struct scratch *s = *state;
	char link[FILE_PATH_MAX], path[FILE_PATH_MAX];
	AUTO_FREE char *folder = realpath(s->path, NULL);
	struct named n = {.exes = {link}, .exe_count = 1};
	snprintf(link, sizeof link, "%s/agent", s->path);
	scratch_put(s, "agent-1", SLICE("1"));
	scratch_put(s, "agent-2", SLICE("2"));
	assert_int_equal(symlinkat("agent-1", s->fd, "agent"), 0);
	named_resolve(&n);
	snprintf(path, sizeof path, "%s/agent-1", folder);
	assert_true(named_exe(&n, slice_of_string(path)));
	snprintf(path, sizeof path, "%s/agent-2 (deleted)", folder);
	assert_false(named_exe(&n, slice_of_string(path)));
	assert_int_equal(unlinkat(s->fd, "agent", 0), 0);
	assert_int_equal(symlinkat("agent-2", s->fd, "agent"), 0);
	assert_true(named_exe(&n, slice_of_string(path)));
	snprintf(path, sizeof path, "%s/agent-1", folder); /* what still runs of it */
	assert_true(named_exe(&n, slice_of_string(path)));
	snprintf(path, sizeof path, "%s/exe", folder);
	assert_false(named_exe(&n, slice_of_string(path)));
	named_clear(&n);
	assert_false(named_any(&n));
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

/* As systemctl takes a unit, and as a shell completes the folder of a group. */
static void other_ways_of_saying_it(void **state)
{
	static const struct {
		const char *unit, *group, *line;
		bool wanted;
	} cases[] = {
		{"eye9", NULL, "0::/system.slice/eye9.service", true},
		{"eye9", NULL, "0::/system.slice/eye9.service/below", true},
		{"eye9", NULL, "0::/system.slice/eye9.slice", false},
		{"eye9", NULL, "0::/system.slice/eye99.service", false},
		{"eye9", NULL, "0::/system.slice/eye9.services", false},
		{"eye9.service", NULL, "0::/system.slice/eye9.service.service", true},
		{"eye9.slice", NULL, "0::/eye9.slice/x", true},
		{NULL, "/sys/fs/cgroup/user.slice", "0::/user.slice/a", true},
		{NULL, "/sys/fs/cgroup/user.slice/", "0::/user.slice", true},
		{NULL, "/sys/fs/cgroup/user.slice", "0::/user.slices", false},
		{NULL, "/sys/fs/cgroup", "0::/user.slice", true},
		{NULL, "/sys/fs/cgroup/", "0::/", true},
		{NULL, "/sys/fs/cgroup/unified/user.slice", "0::/user.slice/a", true},
		{NULL, "/sys/fs/cgroup/unified/a", "0::/unified/a", true},
		{NULL, "/sys/fs/cgroup/memory/user.slice", "0::/user.slice", false},
		{NULL, "/sys/fs/cgroup", "1:cpu:/user.slice", false},
		{NULL, "/sys/fs/cgroups", "0::/user.slice", false},
		{NULL, "/sys/fs/cgroup/user.slice", "0::/system.slice", false},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct slice line = slice_of_string(cases[i].line);
		assert_int_equal(cases[i].unit ? named_in_unit(line, cases[i].unit) : named_in_group(line, cases[i].group), cases[i].wanted);
	}
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
		scratch_test(links_to_programs),
		cmocka_unit_test(groups_by_their_line),
		cmocka_unit_test(other_ways_of_saying_it),
		scratch_test(all_of_a_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
