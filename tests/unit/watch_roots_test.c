/* SPDX-License-Identifier: Apache-2.0 */
/* Which processes a program, a unit, a user or a control group means. */
#include "tests/unit/test.h"

#include "cli/watch_roots.h"

/* A process of a tree like /proc. */
static void put(struct scratch *s, const char *pid, const char *parent, const char *name, const char *exe, const char *group)
{
	char path[64], text[256];
	assert_int_equal(mkdirat(s->fd, pid, 0700), 0);
	snprintf(path, sizeof path, "%s/stat", pid);
	snprintf(text, sizeof text, "%s (%s) S %s 1 1 0\n", pid, name, parent);
	scratch_put(s, path, slice_of_string(text));
	snprintf(path, sizeof path, "%s/exe", pid);
	assert_int_equal(symlinkat(exe, s->fd, path), 0);
	snprintf(path, sizeof path, "%s/cgroup", pid);
	snprintf(text, sizeof text, "12:cpu:/other\n0::%s\n", group);
	scratch_put(s, path, slice_of_string(text));
}

static void finds(struct scratch *s, const char *key, const char *value, const char *wanted)
{
	static struct policy_audit a;
	struct watch_roots roots;
	struct error err = {0};
	char got[256] = "";
	policy_audit_defaults(&a);
	assert_false(watch_roots_named(&a));
	assert_int_equal(policy_audit_set(&a, key, value, &err), OK);
	assert_true(watch_roots_named(&a));
	assert_int_equal(watch_roots_find(&a, s->path, &roots, &err), OK);
	for (size_t i = 0; i < roots.count; i++)
		snprintf(got + strlen(got), sizeof got - strlen(got), "%d ", (int)roots.pids[i]);
	assert_string_equal(got, wanted);
	watch_roots_free(&roots);
}

static void all_ways_of_naming_them(void **state)
{
	struct scratch *s = *state;
	char own[16];
	put(s, "10", "1", "server", "/opt/server", "/system.slice/model.service");
	put(s, "11", "10", "server", "/opt/server", "/system.slice/model.service/worker");
	put(s, "12", "11", ") R 10 (", "/opt/other", "/user.slice");
	put(s, "13", "1", "server", "/opt/server (deleted)", "/system.slice/model.service.d");
	put(s, "14", "1", "sh", "/bin/sh", "/");
	snprintf(own, sizeof own, "%d", (int)getpid());
	put(s, own, "1", "server", "/opt/server", "/system.slice/model.service");
	finds(s, "exe", "/opt/server", "10 13 ");
	finds(s, "exe", "/opt/other", "12 ");
	finds(s, "exe", "/opt/serve", "");
	finds(s, "unit", "model.service", "10 ");
	finds(s, "cgroup", "/system.slice/model.service", "10 ");
	finds(s, "cgroup", "/system.slice/", "10 13 ");
	finds(s, "cgroup", "/user.slice", "12 ");
	snprintf(own, sizeof own, "%u", (unsigned)getuid());
	finds(s, "user", own, "10 13 14 ");
	finds(s, "user", "4294967293", "");
}

static void who_is_not_there(void **state)
{
	struct scratch *s = *state;
	static struct policy_audit a;
	struct watch_roots roots;
	struct error err = {0};
	policy_audit_defaults(&a);
	assert_int_equal(policy_audit_set(&a, "user", "no such user", &err), OK);
	assert_int_equal(watch_roots_find(&a, s->path, &roots, &err), ERR_NO_INPUT);
	assert_contains(err.text, "no user is called no such user");
	policy_audit_defaults(&a);
	assert_int_equal(policy_audit_set(&a, "exe", "/x", &err), OK);
	for (int i = 1; i <= WATCH_ROOTS_MAX + 1; i++) {
		char pid[16];
		snprintf(pid, sizeof pid, "%d", 1000000 + i);
		put(s, pid, "1", "x", "/x", "/");
	}
	assert_int_equal(watch_roots_find(&a, s->path, &roots, &err), ERR_LIMIT);
}

static void nothing_of_it_runs(void **state)
{
	struct scratch *s = *state;
	static struct policy_audit a;
	struct watch_roots roots;
	struct error err = {0};
	policy_audit_defaults(&a);
	assert_int_equal(policy_audit_set(&a, "exe", "/opt/\033[2J", &err), OK);
	assert_int_equal(policy_audit_set(&a, "unit", "model.service", &err), OK);
	assert_int_equal(watch_roots_find(&a, s->path, &roots, &err), OK);
	assert_int_equal(watch_roots_check(&roots, &a, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "(exe /opt/\\x1b[2J, unit model.service)");
	watch_roots_free(&roots);
	put(s, "10", "1", "server", "/opt/server", "/system.slice/model.service");
	assert_int_equal(watch_roots_find(&a, s->path, &roots, &err), OK);
	assert_int_equal(watch_roots_check(&roots, &a, &err), OK);
	watch_roots_free(&roots);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(all_ways_of_naming_them),
		scratch_test(who_is_not_there),
		scratch_test(nothing_of_it_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
