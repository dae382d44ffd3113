/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/privilege.h"

#include <errno.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void forget_helpers(void)
{
	unsetenv("SUDO_UID");
	unsetenv("DOAS_USER");
	unsetenv("PKEXEC_UID");
}

static void asked_directly(void **state)
{
	(void)state;
	struct invoker who;
	struct error err = {0};
	forget_helpers();
	assert_int_equal(privilege_invoker(&who, &err), OK);
	assert_int_equal(who.uid, getuid());
	assert_null(who.through);
	const struct passwd *entry = getpwuid(getuid());
	if (entry)
		assert_string_equal(who.name, entry->pw_name);
	else
		assert_int_equal(strncmp(who.name, "uid ", 4), 0);
	assert_int_equal(who.home[0], '/');
}

static void on_behalf_of_somebody(void **state)
{
	(void)state;
	struct invoker who;
	struct error err = {0};
	const struct passwd *entry = getpwnam("nobody");
	if (getuid() != 0 || !entry) {
		/* the marks are anybody's to set: they count for root only */
		setenv("SUDO_UID", "0", 1);
		assert_int_equal(privilege_invoker(&who, &err), OK);
		assert_int_equal(who.uid, getuid());
		forget_helpers();
		return;
	}
	uid_t nobody = entry->pw_uid;
	char number[32];
	snprintf(number, sizeof number, "%u", nobody);
	static const char *const marks[] = {"SUDO_UID", "PKEXEC_UID", "DOAS_USER"};
	static const char *const through[] = {"sudo", "pkexec", "doas"};
	for (size_t i = 0; i < LENGTH(marks); i++) {
		forget_helpers();
		setenv(marks[i], i == 2 ? "nobody" : number, 1);
		assert_int_equal(privilege_invoker(&who, &err), OK);
		assert_int_equal(who.uid, nobody);
		assert_string_equal(who.name, "nobody");
		assert_string_equal(who.through, through[i]);
	}
	static const char *const nobodies[] = {"", "no such user here", "-1", "4294967295", "0"};
	for (size_t i = 0; i < LENGTH(nobodies); i++) {
		forget_helpers();
		setenv("SUDO_UID", nobodies[i], 1);
		assert_int_equal(privilege_invoker(&who, &err), OK);
		assert_int_equal(who.uid, 0);
		assert_null(who.through);
	}
	forget_helpers();
}

static void the_environment_is_put_right(void **state)
{
	(void)state;
	struct invoker who = {.name = "agent", .home = "/home/agent", .shell = "/bin/sh"};
	setenv("SUDO_UID", "1000", 1);
	setenv("SUDO_COMMAND", "x", 1);
	setenv("HOME", "/root", 1);
	setenv("PATH", "/usr/bin:/bin", 1);
	privilege_environment(&who); /* asked directly: all stays */
	assert_string_equal(getenv("HOME"), "/root");
	assert_string_equal(getenv("SUDO_UID"), "1000");
	who.through = "sudo";
	privilege_environment(&who);
	assert_string_equal(getenv("HOME"), "/home/agent");
	assert_string_equal(getenv("USER"), "agent");
	assert_string_equal(getenv("LOGNAME"), "agent");
	assert_string_equal(getenv("SHELL"), "/bin/sh");
	assert_string_equal(getenv("PATH"), "/usr/bin:/bin");
	assert_null(getenv("SUDO_UID"));
	assert_null(getenv("SUDO_COMMAND"));
}

static int in_a_child(int (*what)(void))
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		_exit(what());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static struct invoker somebody(void)
{
	struct invoker who = {
		.uid = 65534, .gid = 65534, .name = "nobody", .home = "/", .shell = "/bin/sh"};
	if (getuid() != 0) {
		who.uid = getuid();
		who.gid = getgid();
	}
	return who;
}

static int drop_and_look(void)
{
	struct invoker who = somebody();
	struct error err = {0};
	if (privilege_drop(&who, 0, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (getuid() != who.uid || geteuid() != who.uid || getegid() != who.gid)
		return 2;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 3;
	if (privilege_full())
		return 4;
	if (who.uid != 0 && (setuid(0) == 0 || setresgid(0, 0, 0) == 0))
		return 5;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_NET_RAW, 0, 0) > 0)
		return 6;
	struct rlimit core;
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 || getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0)
		return 7;
	return 0;
}

/* As somebody of the same user would. */
static int try_to_trace(pid_t target)
{
	long got = ptrace(PTRACE_ATTACH, target, NULL, NULL);
	return got == 0 ? 1 : errno == EPERM ? 0 : 2;
}

static int drop_and_wait(int ready, int hold)
{
	struct invoker who = somebody();
	struct error err = {0};
	char byte = 'r';
	/* as if it had been this user's from the start: changing users closes a process too */
	if (privilege_become(&who, &err) || prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0)
		return 1;
	if (privilege_drop(&who, 0, &err) || write(ready, &byte, 1) != 1)
		return 1;
	return read(hold, &byte, 1) != 0;
}

static int be_traced(void)
{
	struct invoker who = somebody();
	struct error err = {0};
	int ready[2], hold[2], status;
	char byte;
	if (pipe(ready) != 0 || pipe(hold) != 0)
		return 3;
	pid_t child = fork();
	if (child == 0) {
		close(hold[1]);
		_exit(drop_and_wait(ready[1], hold[0]));
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1 || privilege_become(&who, &err))
		return 4;
	int traced = try_to_trace(child);
	close(hold[1]);
	waitpid(child, &status, 0);
	return traced;
}

static void nobody_of_the_same_user_gets_in(void **state)
{
	(void)state;
	if (getuid() == 0) /* root may trace whom it likes, and becomes somebody else first */
		assert_int_equal(in_a_child(be_traced), 0);
	else
		skip();
}

static void dropping_is_for_good(void **state)
{
	(void)state;
	assert_int_equal(in_a_child(drop_and_look), 0);
}

static int keep_one(void)
{
	struct invoker who = somebody();
	struct error err = {0};
	if (privilege_drop(&who, CAPABILITY(CAP_DAC_READ_SEARCH), &err))
		return 1;
	if (getuid() != who.uid)
		return 2;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_DAC_READ_SEARCH, 0, 0) != 1)
		return 3;
	return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_NET_ADMIN, 0, 0) == 0 ? 0 : 4;
}

static void one_capability_can_be_kept(void **state)
{
	(void)state;
	if (getuid() != 0 || prctl(PR_CAPBSET_READ, CAP_DAC_READ_SEARCH, 0, 0, 0) != 1)
		skip();
	assert_int_equal(in_a_child(keep_one), 0);
}

static int become_and_look(void)
{
	struct invoker who = somebody();
	struct error err = {0};
	if (privilege_become(&who, &err))
		return 1;
	if (getuid() != who.uid || geteuid() != who.uid || getegid() != who.gid)
		return 2;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return 3; /* set-user-id programs must work as always */
	struct invoker other = {.uid = who.uid + 1, .gid = who.gid + 1, .name = "other"};
	return privilege_become(&other, &err) == ERR_PERMISSION ? 0 : 4;
}

static void becoming_changes_only_the_user(void **state)
{
	(void)state;
	assert_int_equal(in_a_child(become_and_look), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asked_directly),
		cmocka_unit_test(on_behalf_of_somebody),
		cmocka_unit_test(the_environment_is_put_right),
		cmocka_unit_test(dropping_is_for_good),
		cmocka_unit_test(nobody_of_the_same_user_gets_in),
		cmocka_unit_test(one_capability_can_be_kept),
		cmocka_unit_test(becoming_changes_only_the_user),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
