/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/unix_list.h"

#include "tests/unit/test.h"

#include <sys/socket.h>
#include <sys/un.h>

static struct unix_list list;

static int bind_at(const char *name, bool abstract, int type, bool listening)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	snprintf(at.sun_path + abstract, sizeof at.sun_path - 1, "%s", name);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	if (listening)
		assert_int_equal(listen(fd, 1), 0);
	return fd;
}

static bool lists(const char *name)
{
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(list.at[i].name, name))
			return true;
	return false;
}

static void read_list(void)
{
	struct error err = {0};
	assert_int_equal(unix_list_read(&list, &err), OK);
	assert_false(list.cut);
}

static void test_named(void **state)
{
	struct scratch *s = *state;
	char stream[128], datagram[128], silent[128];
	snprintf(stream, sizeof stream, "%s/stream", s->path);
	snprintf(datagram, sizeof datagram, "%s/datagram", s->path);
	snprintf(silent, sizeof silent, "%s/silent", s->path);
	int fds[] = {bind_at(stream, false, SOCK_STREAM, true), bind_at(datagram, false, SOCK_DGRAM, false),
		     bind_at(silent, false, SOCK_STREAM, false), bind_at("airgap-unix-list", true, SOCK_STREAM, true)};
	read_list();
	assert_true(lists(stream));
	assert_true(lists(datagram));
	assert_false(lists(silent)); /* nobody can connect to it */
	assert_false(lists("airgap-unix-list"));
	assert_true(unix_list_has(&list, &list.at[0]));
	struct unix_place other = list.at[0];
	other.cookie = UINT64_MAX;
	assert_false(unix_list_has(&list, &other));
	for (size_t i = 0; i < LENGTH(fds); i++)
		close(fds[i]);
	read_list();
	assert_false(lists(stream));
}

/* A listener and what was accepted by it have the same name: it is there once. */
static void test_accepted(void **state)
{
	struct scratch *s = *state;
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	snprintf(at.sun_path, sizeof at.sun_path, "%s/s", s->path);
	int listener = bind_at(at.sun_path, false, SOCK_STREAM, true), client = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(client, (struct sockaddr *)&at, sizeof at), 0);
	int server = accept(listener, NULL, NULL);
	read_list();
	size_t count = 0;
	for (size_t i = 0; i < list.count; i++)
		count += !strcmp(list.at[i].name, at.sun_path);
	assert_int_equal(count, 1);
	close(listener);
	read_list();
	assert_false(lists(at.sun_path));
	close(server);
	close(client);
}

static void test_relative(void **state)
{
	struct scratch *s = *state;
	char before[256], path[UNIX_LIST_PATH_MAX], wanted[128];
	assert_non_null(getcwd(before, sizeof before));
	assert_int_equal(chdir(s->path), 0);
	int fd = bind_at("relative-of-airgap", false, SOCK_STREAM, true);
	read_list();
	size_t at = 0;
	while (at < list.count && strcmp(list.at[at].name, "relative-of-airgap") != 0)
		at++;
	assert_true(at < list.count);
	struct unix_place place = list.at[at];
	snprintf(wanted, sizeof wanted, "%s/relative-of-airgap", s->path);
	assert_true(unix_list_path(&place, path));
	assert_string_equal(path, wanted);
	/* from elsewhere nobody leads to it */
	assert_int_equal(chdir(before), 0);
	assert_false(unix_list_path(&place, path));
	place.inode++;
	assert_false(unix_list_path(&place, path));
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_named, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_accepted, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_relative, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
