/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/posix/channel.h"
#include "collectors/posix/tool_run.h"

#include <sys/wait.h>

static struct invoker ourselves(void)
{
	struct invoker who = {.uid = getuid(), .gid = getgid(), .name = "tester"};
	return who;
}

static void the_table_is_whole(void **state)
{
	(void)state;
	assert_true(tool_count >= 3);
	for (unsigned i = 0; i < tool_count; i++) {
		char path[TOOL_PATH_MAX];
		assert_string_equal(tools[i].command[0], tools[i].name);
		assert_string_equal(tools[i].version[0], tools[i].name);
		const char *found = tool_find(&tools[i], path);
		if (found) {
			assert_ptr_equal(found, path);
			assert_int_equal(access(path, X_OK), 0);
			assert_true(!strncmp(path, "/usr/", 5) || !strncmp(path, "/bin/", 5) ||
				    !strncmp(path, "/sbin/", 6));
		}
	}
}

static void only_the_folders_of_the_system_count(void **state)
{
	struct scratch *s = *state;
	static const char *const command[] = {"no-such-tool-here", NULL};
	struct tool tool = {command[0], command, command, true};
	char path[TOOL_PATH_MAX], *before = getenv("PATH");
	int fd = openat(s->fd, command[0], O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
	close(fd);
	char *kept = must_strdup(before ? before : "");
	setenv("PATH", s->path, 1);
	assert_null(tool_find(&tool, path));
	setenv("PATH", kept, 1);
	free(kept);
}

static void check_output(struct scratch *s, const struct tool_report *r)
{
	char name[64], command[64];
	size_t size;
	snprintf(name, sizeof name, "%s-during.txt", tools[r->tool].name);
	char *output = scratch_get(s, name, &size);
	assert_true(r->at > 0 && r->at + r->size <= size);
	assert_int_equal(output[0], '#'); /* the heading is not part of the output */
	assert_int_equal(output[r->at - 1], '\n');
	snprintf(command, sizeof command, " round 7: %s", tools[r->tool].name);
	assert_contains(output, command);
	free(output);
}

static void a_request_is_answered_for_every_tool(void **state)
{
	struct scratch *s = *state;
	struct tool_request request = {.round = 7, .moment = "during"};
	struct invoker who = ourselves();
	int pair[2], status = 0;
	struct error err = {0};
	assert_int_equal(channel_open(pair, &err), OK);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		close(pair[0]);
		tool_serve(&who, pair[1], s->fd);
	}
	close(pair[1]);
	for (int round = 0; round < 2; round++) {
		assert_true(channel_send(pair[0], &request, sizeof request, true));
		for (unsigned i = 0; i <= tool_count; i++) {
			struct tool_report r;
			char path[TOOL_PATH_MAX];
			assert_int_equal(channel_take(pair[0], &r, sizeof r, true), CHANNEL_RECORD);
			assert_int_equal(r.tool, i);
			assert_int_equal(r.request.round, 7);
			assert_string_equal(r.request.moment, "during");
			if (i == tool_count)
				continue;
			if (!tool_find(&tools[i], path)) {
				assert_int_equal(r.status, -1);
				assert_string_equal(r.problem, "not installed");
				continue;
			}
			assert_true(r.status >= 0);
			assert_true(r.wall_ns > 0 && r.took_ns > 0);
			assert_true(r.version[0]);
			check_output(s, &r);
		}
	}
	close(pair[0]); /* its end is the end of the process */
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_whole),
		scratch_test(only_the_folders_of_the_system_count),
		scratch_test(a_request_is_answered_for_every_tool),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
