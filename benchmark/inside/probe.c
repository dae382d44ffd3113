/* SPDX-License-Identifier: Apache-2.0 */
/*
 * probe VERB [ARGUMENT…]: tries inside the sandbox what must not be possible there, and
 * says on descriptor 3 what came of it, a line for each try: "NAME: done" or the error.
 * Shares nothing with the program that it is a part of, which puts it into the sandbox as
 * a file (confine_prove.c) and looks from outside whether it is true.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	RESULT = 3,
	BLOCK = 1 << 20,
	FORKS_MAX = 100000,
	DISK_MAX = 1 << 12, /* blocks: far more than any bound */
	FILES = 8,
	HOLDERS = 12,
	HOLDER_BLOCKS = 100,
};

static void say(const char *name, long result)
{
	int code = errno;
	if (result >= 0)
		dprintf(RESULT, "%s: done\n", name);
	else
		dprintf(RESULT, "%s: %s\n", name, strerror(code));
}

static void try_connect(int family, int type, const char *host, const char *port)
{
	struct sockaddr_in six = {.sin_family = AF_INET};
	struct sockaddr_in6 other = {.sin6_family = AF_INET6};
	unsigned short number = htons((unsigned short)strtoul(port, NULL, 10));
	six.sin_port = other.sin6_port = number;
	inet_pton(family, host, family == AF_INET ? (void *)&six.sin_addr : (void *)&other.sin6_addr);
	const struct sockaddr *to = family == AF_INET ? (const void *)&six : (const void *)&other;
	socklen_t size = family == AF_INET ? sizeof six : sizeof other;
	int fd = socket(family, type, 0);
	if (fd < 0) {
		say("socket", -1);
		return;
	}
	int connected = connect(fd, to, size);
	say("connect", connected == 0 ? (long)send(fd, "x", 1, MSG_NOSIGNAL) : -1);
}

/* A name that begins with '@' is an abstract one. */
static void try_unix(const char *name)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t size = strlen(name);
	if (size >= sizeof to.sun_path)
		return;
	memcpy(to.sun_path, name, size);
	if (name[0] == '@')
		to.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	say("connect", fd < 0 ? -1 : connect(fd, (const void *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size)));
}

/* What can be read is told, so that a secret would be found in it. */
static void try_read(const char *path)
{
	char block[4096];
	int fd = open(path, O_RDONLY);
	ssize_t got = fd < 0 ? -1 : read(fd, block, sizeof block);
	say(path, got);
	if (got > 0 && write(RESULT, block, (size_t)got) != got)
		return;
}

/* By a link of its own, by its own root, by the way up from its folder. */
static void try_links(char *const words[])
{
	const char *path = words[0];
	char way[8192];
	say("symlink", symlink(path, "link"));
	try_read("link");
	snprintf(way, sizeof way, "/tmp/work" "/../../../../../..%s", path);
	try_read(way);
	snprintf(way, sizeof way, "/proc/self/root%s", path);
	try_read(way);
	snprintf(way, sizeof way, "/proc/1/root%s", path);
	try_read(way);
	snprintf(way, sizeof way, "/proc/1/cwd/../..%s", path);
	try_read(way);
}

static void try_write(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	say(path, fd < 0 ? -1 : write(fd, "x", 1));
}

static void try_forks(char *const words[])
{
	(void)words;
	long count = 0;
	for (; count < FORKS_MAX; count++) {
		pid_t pid = fork();
		if (pid == 0) {
			setsid();
			for (;;)
				pause();
		}
		if (pid < 0)
			break;
	}
	int code = errno;
	dprintf(RESULT, "forks: %ld\n", count);
	errno = code;
	say("fork", -1);
}

static long fill(const char *folder)
{
	static char block[BLOCK];
	long blocks = 0;
	for (int i = 0; i < FILES; i++) {
		char path[256];
		snprintf(path, sizeof path, "%s/fill%d", folder, i);
		int fd = open(path, O_WRONLY | O_CREAT, 0600);
		while (fd >= 0 && blocks < DISK_MAX && write(fd, block, sizeof block) == (ssize_t)sizeof block)
			blocks++;
	}
	return blocks;
}

static void try_disk(char *const words[])
{
	(void)words;
	static const char *const folders[] = {"/tmp", "/tmp/work", "/dev", "/dev/shm", "/", "/usr/local", "/var/tmp", "/run"};
	long blocks = 0;
	signal(SIGXFSZ, SIG_IGN);
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		blocks += fill(folders[i]);
	dprintf(RESULT, "blocks: %ld\n", blocks);
}

static void hold_memory(void)
{
	for (int i = 0; i < HOLDER_BLOCKS; i++) {
		char *at = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (at != MAP_FAILED)
			memset(at, i + 1, BLOCK);
	}
	usleep(300000);
	_exit(0);
}

/* More by several than they may have together, none too much by itself. */
static void try_memory(char *const words[])
{
	(void)words;
	int whole = 0, status;
	for (int i = 0; i < HOLDERS; i++)
		if (fork() == 0)
			hold_memory();
	while (wait(&status) > 0)
		whole += WIFEXITED(status);
	dprintf(RESULT, "holders: %d of %d\n", whole, HOLDERS);
}

static void try_calls(char *const words[])
{
	(void)words;
	char zeros[256] = {0};
	union bpf_attr bpf = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	struct perf_event_attr perf = {.size = sizeof perf, .type = PERF_TYPE_SOFTWARE, .exclude_kernel = 1};
	say("io_uring_setup", syscall(SYS_io_uring_setup, 4, zeros));
	say("bpf", syscall(SYS_bpf, BPF_MAP_CREATE, &bpf, sizeof bpf));
	say("perf_event_open", syscall(SYS_perf_event_open, &perf, 0, -1, -1, 0));
	say("userfaultfd", syscall(SYS_userfaultfd, 1));
	say("keyctl", syscall(SYS_keyctl, 0, -3, 1));
	say("add_key", syscall(SYS_add_key, "user", "probe", "x", 1, -3));
}

static void try_trace(char *const words[])
{
	pid_t outside = (pid_t)strtol(words[0], NULL, 10);
	char byte;
	struct iovec here = {&byte, 1}, there = {&byte, 1};
	/* seized, not attached to: it would stop, and nothing inside end any more */
	say("PTRACE_SEIZE of 1", ptrace(PTRACE_SEIZE, 1, NULL, NULL));
	say("PTRACE_SEIZE", ptrace(PTRACE_SEIZE, outside, NULL, NULL));
	say("PTRACE_TRACEME", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
	say("process_vm_readv", process_vm_readv(1, &here, 1, &there, 1, 0));
	say("pidfd_getfd", syscall(SYS_pidfd_getfd, (long)syscall(SYS_pidfd_open, 1, 0), 0, 0));
}

static void try_mounts(char *const words[])
{
	(void)words;
	say("mount", mount("none", "/tmp", "tmpfs", 0, NULL));
	say("remount", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
	say("umount", umount2("/usr/local", MNT_DETACH));
	say("unshare", unshare(CLONE_NEWUSER));
	say("unshare", unshare(CLONE_NEWNS));
	say("clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL));
	say("chroot", chroot("/tmp"));
	say("setuid", setuid(0));
}

static void try_sockets(char *const words[])
{
	(void)words;
	say("raw IPv4", socket(AF_INET, SOCK_RAW, 1));
	say("raw IPv6", socket(AF_INET6, SOCK_RAW, 58));
	say("packet", socket(AF_PACKET, SOCK_RAW, 0));
	say("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
	say("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
}

static void tell_handed_on(char *const words[])
{
	(void)words;
	for (int fd = 0; fd < 4096; fd++)
		if (fcntl(fd, F_GETFD) >= 0 && fd > RESULT)
			dprintf(RESULT, "descriptor: %d\n", fd);
	for (char *const *variable = environ; *variable; variable++)
		dprintf(RESULT, "%s\n", *variable);
	dprintf(RESULT, "told\n");
}

static void try_output(char *const words[])
{
	(void)words;
	static char block[BLOCK];
	memset(block, 'x', sizeof block);
	while (write(1, block, sizeof block) > 0)
		continue;
}

static void try_tcp(char *const words[])
{
	try_connect(AF_INET, SOCK_STREAM, "127.0.0.1", words[0]);
}

static void try_tcp6(char *const words[])
{
	try_connect(AF_INET6, SOCK_STREAM, "::1", words[0]);
}

static void try_udp(char *const words[])
{
	try_connect(AF_INET, SOCK_DGRAM, "127.0.0.1", words[0]);
}

static void try_unix_all(char *const words[])
{
	for (; *words; words++)
		try_unix(*words);
}

static void try_read_all(char *const words[])
{
	for (; *words; words++)
		try_read(*words);
}

static void try_write_all(char *const words[])
{
	for (; *words; words++)
		try_write(*words);
}

static void try_kill(char *const words[])
{
	say("kill", kill((pid_t)strtol(words[0], NULL, 10), SIGKILL));
}

static void try_time(char *const words[])
{
	(void)words;
	for (;;)
		continue;
}

static const struct {
	const char *name;
	void (*run)(char *const words[]);
	int words;
} verbs[] = {
	{"tcp", try_tcp, 1},	     {"tcp6", try_tcp6, 1},	  {"udp", try_udp, 1},
	{"unix", try_unix_all, 1},   {"read", try_read_all, 1},	  {"links", try_links, 1},
	{"write", try_write_all, 1}, {"kill", try_kill, 1},	  {"forks", try_forks, 0},
	{"disk", try_disk, 0},	     {"memory", try_memory, 0},	  {"calls", try_calls, 0},
	{"trace", try_trace, 1},     {"mounts", try_mounts, 0},	  {"sockets", try_sockets, 0},
	{"handed", tell_handed_on, 0}, {"time", try_time, 0},	  {"output", try_output, 0},
};

int main(int argc, char *argv[])
{
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(argv[1], verbs[i].name) != 0 || argc < 2 + verbs[i].words)
			continue;
		verbs[i].run(argv + 2);
		return 0;
	}
	return 64;
}
