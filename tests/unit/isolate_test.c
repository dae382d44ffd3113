/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/isolate_state.h"
#include "collectors/linux/platform_state.h"
#include "collectors/registry.h"

#include "tests/unit/fake_watch.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

static void test_forbidden(void **state)
{
	struct fake *f = *state;
	const char *why = NULL, *remedy = NULL;
	mkdirat(f->s->fd, "user", 0700);
	mkdirat(f->s->fd, "kernel", 0700);
	assert_false(isolate_forbidden(f->s->fd, &why, &remedy));
	scratch_put(f->s, "user/max_user_namespaces", SLICE("15000\n"));
	scratch_put(f->s, "kernel/unprivileged_userns_clone", SLICE("1\n"));
	scratch_put(f->s, "kernel/apparmor_restrict_unprivileged_userns", SLICE("0\n"));
	assert_false(isolate_forbidden(f->s->fd, &why, &remedy));
	scratch_put(f->s, "kernel/apparmor_restrict_unprivileged_userns", SLICE("1\n"));
	assert_true(isolate_forbidden(f->s->fd, &why, &remedy));
	assert_contains(why, "AppArmor");
	assert_contains(remedy, "sudo");
	scratch_put(f->s, "kernel/unprivileged_userns_clone", SLICE("0\n"));
	assert_true(isolate_forbidden(f->s->fd, &why, &remedy));
	assert_contains(remedy, "kernel.unprivileged_userns_clone=1");
	scratch_put(f->s, "user/max_user_namespaces", SLICE("0\n"));
	assert_true(isolate_forbidden(f->s->fd, &why, &remedy));
	assert_contains(remedy, "user.max_user_namespaces");
}

static void test_files(void **state)
{
	static const char text[] = "22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw\n"
		"29 22 0:30 / /proc/sys/fs/binfmt_misc rw - autofs systemd-1 rw,fd=29\n"
		"30 28 0:31 / /home/a\\040b rw,noatime master:1 - nfs4 server:/export rw\n"
		"31 28 8:1 / /mnt/nfs rw - ext4 /dev/sda1 rw\n"
		"32 28 0:33 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n"
		"33 28 0:34 / /media/disk rw - fuseblk /dev/sdb1 rw\n"
		"34 28 0:35 / /net rw - autofs /etc/auto.net rw\n"
		"35 28 0:36 / /mnt/c rw - 9p C: rw\n"
		"broken\n"
		"36 28 0:37 / /x rw - fuse.sshfs host: rw";
	static const char *const wanted[][2] = {{"/home/a b", "nfs4"}, {"/net", "autofs"}, {"/mnt/c", "9p"}, {"/x", "fuse.sshfs"}};
	char path[ISOLATE_PATH_MAX], kind[ISOLATE_KIND_MAX];
	struct cursor c = cursor_over(slice_of_string(text));
	(void)state;
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		assert_true(isolate_files_next(&c, path, kind));
		assert_string_equal(path, wanted[i][0]);
		assert_string_equal(kind, wanted[i][1]);
	}
	assert_false(isolate_files_next(&c, path, kind));
}

static int try_filtered(void)
{
	struct error err = {0};
	char parameters[256] = {0};
	int waiting;
	if (isolate_filter(&err))
		return 1;
	if (socket(AF_VSOCK, SOCK_STREAM, 0) >= 0 || errno != EAFNOSUPPORT || socket(AF_PACKET, SOCK_RAW, 0) >= 0 ||
	    errno != EAFNOSUPPORT)
		return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) < 0 || socket(AF_UNIX, SOCK_DGRAM, 0) < 0 || socket(AF_NETLINK, SOCK_RAW, 0) < 0)
		return 3;
	if (syscall(SYS_io_uring_setup, 1, parameters) >= 0 || errno != ENOSYS)
		return 4;
	if (syscall(SYS_request_key, "user", "none", "", 0) >= 0 || errno != ENOSYS)
		return 7;
	int pipes[2];
	if (pipe(pipes) != 0 || ioctl(pipes[0], TIOCSTI, "x") == 0 || errno != EPERM ||
	    syscall(SYS_ioctl, pipes[0], 0xffffffff00000000ul | TIOCSTI, "x") == 0 || errno != EPERM)
		return 5;
	return ioctl(pipes[0], FIONREAD, &waiting) == 0 ? 0 : 6;
}

static void test_filter(void **state)
{
	int status;
	(void)state;
	pid_t pid = fork();
	if (pid == 0)
		_exit(try_filtered());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* A command inside, and what its witness says: by an ordinary user. */
struct inside {
	struct fake *f;
	struct isolate_options options;
	struct platform platform;
	struct launch launch;
	int listener; /* outside, in the folder that is passed */
	void *state;
};

static struct invoker ordinary(const struct fake *f)
{
	struct invoker who;
	struct error err = {0};
	assert_int_equal(privilege_invoker(&who, &err), OK);
	if (who.uid == 0) {
		who.uid = who.gid = 65534;
		who.through = "sudo";
		snprintf(who.name, sizeof who.name, "nobody");
		assert_int_equal(chown(f->s->path, who.uid, who.gid), 0);
	}
	snprintf(who.home, sizeof who.home, "%s", f->s->path);
	return who;
}

static void start_inside(struct inside *in, struct fake *f, const char *script)
{
	struct error err = {0};
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	static char shell[] = "/bin/sh", option[] = "-c", *command[] = {shell, option, NULL, NULL};
	static struct invoker who;
	command[2] = must_strdup(script);
	who = ordinary(f);
	in->f = f;
	snprintf(at.sun_path, sizeof at.sun_path, "%s/daemon", f->s->path);
	in->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(in->listener, (struct sockaddr *)&at, sizeof at), 0);
	chmod(at.sun_path, 0777);
	listen(in->listener, 8);
	f->options.command = command;
	f->options.isolate = &in->options;
	f->w.platform = &in->platform;
	f->w.invoker = &who;
	assert_int_equal(isolation_new(&f->w, &in->platform.isolation, &err), OK);
	struct launch_hooks hooks = {0};
	isolation_inside(in->platform.isolation, &hooks);
	assert_int_equal(launch_hold(command, &who, false, &hooks, &in->launch, &err), OK);
	enum status status = isolation_begin(in->platform.isolation, &in->launch, &err);
	if (status == ERR_UNAVAILABLE) {
		print_message("%s\n", err.text);
		skip();
	}
	assert_int_equal(status, OK);
	assert_int_equal(collector_isolation.open(&f->w, &in->state, &err), OK);
	collector_isolation.start(in->state);
}

static int finish_inside(struct inside *in)
{
	struct error err = {0};
	int status;
	assert_int_equal(launch_go(&in->launch, "/bin/sh", &err), OK);
	assert_int_equal(waitpid(in->launch.pid, &status, 0), in->launch.pid);
	assert_int_equal(collector_isolation.stop(in->state), 0);
	isolation_free(in->platform.isolation);
	close(in->listener);
	free(in->f->options.command[2]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_proofs(void **state)
{
	struct inside in = {0};
	struct json_member m[] = {{.key = "name"}, {.key = "held"}, {.key = "detail"}};
	const char *tried;
	assert_int_equal(chdir(((struct fake *)*state)->s->path), 0);
	start_inside(&in, *state, "exit 0");
	size_t count = fake_count(in.f, "isolation_proof");
	assert_int_equal(count, 25);
	assert_null(isolate_proof_name(count, &tried));
	for (size_t i = 0; i < count; i++) {
		fake_record(in.f, "isolation_proof", i, m, LENGTH(m));
		if (m[1].value.type != JSON_TRUE && !slice_is(m[0].value.raw, "standard"))
			print_error("%.*s: %.*s\n", (int)m[0].value.raw.size, (const char *)m[0].value.raw.at,
				    (int)m[2].value.raw.size, (const char *)m[2].value.raw.at);
		assert_true(m[1].value.type == JSON_TRUE || slice_is(m[0].value.raw, "standard"));
	}
	assert_int_equal(finish_inside(&in), 0);
	assert_int_equal(chdir("/"), 0);
}

/* The work folder is there and can be written to; what lies beside it is not; whoever
 * listens in it cannot be asked; the exit status comes through. */
static void test_view(void **state)
{
	struct inside in = {0};
	struct fake *f = *state;
	char script[1024];
	size_t size;
	assert_int_equal(chdir(f->s->path), 0);
	snprintf(script, sizeof script,
		 "[ \"$(pwd)\" = %s ] && [ \"$(ls /tmp)\" = %s ] && [ ! -S daemon ] && [ -c daemon ] && echo here >written && "
		 "[ -w /run/user/$(id -u) ] && [ \"$(ls /dev/shm)\" = '' ] && exit 42", f->s->path, f->s->path + 5);
	start_inside(&in, f, script);
	assert_int_equal(finish_inside(&in), 42);
	char *written = scratch_get(f->s, "written", &size);
	assert_int_equal(size, 5);
	free(written);
	struct json_member m[] = {{.key = "sockets"}};
	struct json_member counts[] = {{.key = "masked"}, {.key = "open"}};
	assert_true(fake_record(f, "isolation", 0, m, 1));
	assert_null(json_read_object(m[0].value.raw, counts, 2, NULL));
	assert_true(slice_is(counts[1].value.raw, "0"));
	assert_false(slice_is(counts[0].value.raw, "0"));
	assert_int_equal(fake_count(f, "isolation_open"), 0);
	assert_int_equal(chdir("/"), 0);
}

/* What is asked for is let through, and told; what comes up later is told. */
static void test_open(void **state)
{
	struct inside in = {0};
	struct fake *f = *state;
	char kept[128], later[128];
	struct json_member m[] = {{.key = "path"}, {.key = "reason"}};
	snprintf(kept, sizeof kept, "%s/daemon", f->s->path);
	in.options.keep[in.options.keep_count++] = kept;
	assert_int_equal(chdir(f->s->path), 0);
	start_inside(&in, f, "[ -S daemon ]");
	assert_int_equal(fake_count(f, "isolation_open"), 1);
	assert_true(fake_record(f, "isolation_open", 0, m, 2));
	assert_true(slice_is(m[0].value.raw, kept));
	assert_true(slice_is(m[1].value.raw, "kept"));
	struct round r = {1, "before", NULL};
	collector_isolation.round(in.state, &r);
	assert_int_equal(fake_count(f, "isolation_open"), 1);
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	snprintf(later, sizeof later, "%s/later", f->s->path);
	snprintf(at.sun_path, sizeof at.sun_path, "%s", later);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	collector_isolation.drain(in.state);
	collector_isolation.drain(in.state);
	assert_int_equal(fake_count(f, "isolation_open"), 2);
	assert_true(fake_record(f, "isolation_open", 1, m, 2));
	assert_true(slice_is(m[0].value.raw, later));
	assert_true(slice_is(m[1].value.raw, "came up"));
	close(fd);
	struct json_member look[] = {{.key = "held"}, {.key = "round"}};
	assert_true(fake_record(f, "isolation_look", 0, look, 2));
	assert_int_equal(look[0].value.type, JSON_TRUE);
	assert_int_equal(finish_inside(&in), 0);
	assert_int_equal(chdir("/"), 0);
}

/* A daemon that begins again takes away what covered its socket, and may get the same inode. */
static void test_bound_again(void **state)
{
	struct inside in = {0};
	struct fake *f = *state;
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	assert_int_equal(chdir(f->s->path), 0);
	start_inside(&in, f, "exit 0");
	collector_isolation.drain(in.state);
	assert_int_equal(fake_count(f, "isolation_open"), 0);
	snprintf(at.sun_path, sizeof at.sun_path, "%s/daemon", f->s->path);
	close(in.listener);
	unlink(at.sun_path);
	in.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(in.listener, (struct sockaddr *)&at, sizeof at), 0);
	listen(in.listener, 8);
	collector_isolation.drain(in.state);
	assert_int_equal(fake_count(f, "isolation_open"), 1);
	assert_int_equal(finish_inside(&in), 0);
	assert_int_equal(chdir("/"), 0);
}

/* Over a long session many come and go: each is told, and none is lost. */
static void test_come_and_go(void **state)
{
	enum { MANY = ISOLATE_NEW_MAX + 20 };
	struct inside in = {0};
	struct fake *f = *state;
	assert_int_equal(chdir(f->s->path), 0);
	start_inside(&in, f, "exit 0");
	for (int i = 0; i < MANY; i++) {
		struct sockaddr_un at = {.sun_family = AF_UNIX};
		snprintf(at.sun_path, sizeof at.sun_path, "%s/s%d", f->s->path, i);
		int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
		collector_isolation.drain(in.state);
		close(fd);
		unlink(at.sun_path);
	}
	assert_int_equal(collector_isolation.lost(in.state), 0);
	assert_int_equal(fake_count(f, "isolation_open"), MANY);
	assert_int_equal(finish_inside(&in), 0);
	assert_int_equal(chdir("/"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(test_forbidden), cmocka_unit_test(test_files), cmocka_unit_test(test_filter), fake_test(test_proofs),
		fake_test(test_view),	   fake_test(test_open), fake_test(test_come_and_go),
		fake_test(test_bound_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
