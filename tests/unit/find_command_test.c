/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/find_command.h"

static enum status find(const char *name, const char *why)
{
	struct error err = {0};
	enum status status = find_command(name, &err);
	if (why)
		assert_contains(err.text, why);
	return status;
}

static void put(const struct scratch *s, const char *name, mode_t mode)
{
	scratch_put(s, name, SLICE("#!/bin/sh\n"));
	assert_int_equal(fchmodat(s->fd, name, mode, 0), 0);
}

static void by_its_path(void **state)
{
	const struct scratch *s = *state;
	char path[128];
	put(s, "tool", 0755);
	put(s, "plain", 0644);
	snprintf(path, sizeof path, "%s/tool", s->path);
	assert_int_equal(find(path, NULL), OK);
	snprintf(path, sizeof path, "%s/plain", s->path);
	assert_int_equal(find(path, "no permission to execute it; nothing was run"), ERR_PERMISSION);
	snprintf(path, sizeof path, "%s/none", s->path);
	assert_int_equal(find(path, "no such command; nothing was run"), ERR_NO_INPUT);
	snprintf(path, sizeof path, "%s/tool/below", s->path);
	assert_int_equal(find(path, "no such command"), ERR_NO_INPUT);
	assert_int_equal(find(s->path, "is a folder"), ERR_PERMISSION);
}

static void as_execvp_searches(void **state)
{
	const struct scratch *s = *state;
	char path[256], before[4096];
	const char *old = getenv("PATH");
	snprintf(before, sizeof before, "%s", old ? old : "");
	mkdirat(s->fd, "a", 0755);
	mkdirat(s->fd, "b", 0755);
	mkdirat(s->fd, "b/folder", 0755);
	put(s, "a/tool", 0644); /* stands first, but cannot be executed */
	put(s, "b/tool", 0755);
	put(s, "a/plain", 0644);
	snprintf(path, sizeof path, "/nowhere:%s/a:%s/b", s->path, s->path);
	setenv("PATH", path, 1);
	assert_int_equal(find("tool", NULL), OK);
	assert_int_equal(find("plain", "no permission"), ERR_PERMISSION);
	assert_int_equal(find("folder", "no such command"), ERR_NO_INPUT);
	assert_int_equal(find("none", "no such command"), ERR_NO_INPUT);
	assert_int_equal(find("", "nothing was run"), ERR_NO_INPUT);
	/* an empty part of the path is the folder one stands in */
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(path, sizeof path, "%s/b", s->path);
	assert_int_equal(chdir(path), 0);
	setenv("PATH", "/nowhere:", 1);
	assert_int_equal(find("tool", NULL), OK);
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(find("tool", "no such command"), ERR_NO_INPUT);
	assert_int_equal(fchdir(here), 0);
	close(here);
	unsetenv("PATH");
	assert_int_equal(find("sh", NULL), OK);
	setenv("PATH", before, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(by_its_path),
		scratch_test(as_execvp_searches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
