/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a command to which the system refuses something, as a policy of SELinux or AppArmor
 * would, or a kernel without it: for the laboratory. Calls are refused by a filter
 * (seccomp(2)), paths by Landlock, which is a security module as those two are.
 *
 *   deny WHAT… -- COMMAND [ARG…]
 *
 * WHAT: "bpf" (the call fails with EPERM), "no-bpf" (with ENOSYS), "packet" (packet sockets fail
 * with EACCES), or the path of something that may not be opened nor listed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PATHS_MAX = 16 };

/* What opening is, for Landlock; all else stays as it is. */
static const uint64_t OPENING = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(69);
}

/* Call `number` fails with `code`; where `first` is not negative, only with this first argument. */
static void refuse_call(int number, int first, int code)
{
	struct sock_filter with[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)first, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)code),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	if (first < 0)
		with[3] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)code);
	struct sock_fprog program = {sizeof with / sizeof *with, with};
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
		die("deny: seccomp");
}

static int leads_to(const char *path, const char *to)
{
	size_t size = strlen(path);
	return !strncmp(path, to, size) && (to[size] == '/' || to[size] == '\0' || !strcmp(path, "/"));
}

static void allow(int rules, const char *path)
{
	struct landlock_path_beneath_attr a = {.allowed_access = OPENING, .parent_fd = open(path, O_PATH | O_CLOEXEC)};
	if (a.parent_fd < 0)
		return; /* gone meanwhile */
	/* of what is no folder, only the reading of files can be allowed */
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &a, 0) != 0) {
		a.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		(void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &a, 0);
	}
	close(a.parent_fd);
}

/* Allows everything in a folder but what is refused. */
static void allow_beside(int rules, const char *folder, char *refused[], size_t count)
{
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
		char path[4096];
		size_t beyond = 0, at = 0;
		snprintf(path, sizeof path, "%s%s%s", folder, strcmp(folder, "/") ? "/" : "", entry->d_name);
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		for (size_t i = 0; i < count; i++) {
			beyond += (size_t)leads_to(path, refused[i]);
			at += (size_t)!strcmp(path, refused[i]);
		}
		if (beyond > at)
			allow_beside(rules, path, refused, count);
		else if (!beyond)
			allow(rules, path);
	}
	if (dir)
		closedir(dir);
}

static void refuse_paths(char *refused[], size_t count)
{
	struct landlock_ruleset_attr handled = {.handled_access_fs = OPENING};
	int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	if (rules < 0)
		die("deny: landlock");
	allow_beside(rules, "/", refused, count);
	if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		die("deny: landlock");
	close(rules);
}

int main(int argc, char *argv[])
{
	char *paths[PATHS_MAX];
	size_t count = 0;
	int i = 1;
	for (; i < argc && strcmp(argv[i], "--") && count < PATHS_MAX; i++)
		if (argv[i][0] == '/')
			paths[count++] = argv[i];
	if (i + 1 >= argc) {
		fprintf(stderr, "deny: see the top of tests/lab/deny.c\n");
		return 64;
	}
	if (count)
		refuse_paths(paths, count);
	for (int k = 1; k < i; k++) {
		if (!strcmp(argv[k], "bpf"))
			refuse_call(SYS_bpf, -1, EPERM);
		else if (!strcmp(argv[k], "no-bpf"))
			refuse_call(SYS_bpf, -1, ENOSYS);
		else if (!strcmp(argv[k], "packet"))
			refuse_call(SYS_socket, AF_PACKET, EACCES);
		else if (argv[k][0] != '/')
			return 64;
	}
	execvp(argv[i + 1], argv + i + 1);
	die(argv[i + 1]);
}
