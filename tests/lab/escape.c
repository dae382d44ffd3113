/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Works against the watch itself, for the laboratory, or hides among processes. PID is
 * the collector of this very session, never another. Only ever run inside a network
 * namespace of a test, with addresses of the documentation ranges.
 *
 *   escape detach PID               takes the kernel programs of PID off their hooks
 *   escape blind PID ADDRESS PORT   forgets, in their memory, which processes are the
 *                                   session's; connects; puts it back
 *   escape steal PID                takes the descriptors of its maps, and empties the maps
 *   escape trace PID                tries to get into PID in every way that a debugger has
 *   escape chain COUNT ADDRESS PORT executes itself COUNT times, then connects
 *   escape many COUNT ADDRESS PORT  COUNT processes that do nothing; one of them connects
 *   escape as NUMBER COMMAND…       runs COMMAND with this process id, waits for it
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IDS_MAX = 64, SETTINGS_MAX = 64 };

static unsigned number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

static int reach(char *argv[])
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number(argv[1]))};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (inet_pton(AF_INET, argv[0], &to.sin_addr) != 1)
		return 64;
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
		perror("escape: connect");
	close(fd);
	return 0;
}

static int bpf(int command, union bpf_attr *a)
{
	return (int)syscall(SYS_bpf, command, a, sizeof *a);
}

/* Ids behind `word` in the descriptors of a process (proc(5), fdinfo). */
static size_t ids_of(const char *pid, const char *word, unsigned ret[static IDS_MAX])
{
	char path[256], line[256];
	size_t count = 0;
	snprintf(path, sizeof path, "/proc/%s/fdinfo", pid);
	DIR *dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
		char name[512];
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		FILE *file = fopen(name, "re");
		while (file && fgets(line, sizeof line, file))
			if (!strncmp(line, word, strlen(word)) && count < IDS_MAX)
				ret[count++] = number(line + strlen(word));
		if (file)
			fclose(file);
	}
	if (dir)
		closedir(dir);
	return count;
}

static int detach(char *argv[])
{
	unsigned ids[IDS_MAX], taken = 0;
	size_t count = ids_of(argv[0], "link_id:", ids);
	for (size_t i = 0; i < count; i++) {
		union bpf_attr get = {.link_id = ids[i]}, off = {0};
		off.link_detach.link_fd = (uint32_t)bpf(BPF_LINK_GET_FD_BY_ID, &get);
		taken += bpf(BPF_LINK_DETACH, &off) == 0;
	}
	printf("took %u of %zu kernel programs off\n", taken, count);
	return taken == 0;
}

/* The map of that name among those of the process; -1: none. */
static int map_of(const char *pid, const char *name)
{
	unsigned ids[IDS_MAX];
	size_t count = ids_of(pid, "map_id:", ids);
	for (size_t i = 0; i < count; i++) {
		struct bpf_map_info info = {0};
		union bpf_attr get = {.map_id = ids[i]}, tell = {0};
		int fd = bpf(BPF_MAP_GET_FD_BY_ID, &get);
		tell.info.bpf_fd = (uint32_t)fd;
		tell.info.info_len = sizeof info;
		tell.info.info = (uintptr_t)&info;
		if (bpf(BPF_OBJ_GET_INFO_BY_FD, &tell) == 0 && !strcmp(info.name, name))
			return fd;
		close(fd);
	}
	return -1;
}

static int entry(int command, int map, uint32_t key, uint64_t *value)
{
	union bpf_attr a = {.map_fd = (uint32_t)map, .key = (uintptr_t)&key, .value = (uintptr_t)value};
	return bpf(command, &a);
}

/* Everything that is not a counter of something lost is a setting: all of it to zero. */
static int blind(char *argv[])
{
	uint64_t kept[SETTINGS_MAX], zero = 0;
	uint32_t count = 0;
	int shared = map_of(argv[0], "shared"), tree = map_of(argv[0], "tree");
	while (count < SETTINGS_MAX && entry(BPF_MAP_LOOKUP_ELEM, shared, count, &kept[count]) == 0)
		count++;
	for (uint32_t i = 0; i < count; i++)
		entry(BPF_MAP_UPDATE_ELEM, shared, i, &zero);
	entry(BPF_MAP_DELETE_ELEM, tree, (uint32_t)getpid(), NULL);
	int status = reach(argv + 1);
	for (uint32_t i = 0; i < count; i++)
		entry(BPF_MAP_UPDATE_ELEM, shared, i, &kept[i]);
	printf("changed %u settings and put them back\n", count);
	return count ? status : 1;
}

/* Every descriptor of a map, whatever map: its first key is taken out. */
static int steal(char *argv[])
{
	int process = (int)syscall(SYS_pidfd_open, (pid_t)number(argv[0]), 0), emptied = 0;
	for (int fd = 3; fd < 1024; fd++) {
		uint64_t key[8] = {0};
		int mine = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
		union bpf_attr next = {.map_fd = (uint32_t)mine, .next_key = (uintptr_t)key};
		union bpf_attr out = {.map_fd = (uint32_t)mine, .key = (uintptr_t)key};
		if (mine < 0)
			continue;
		if (bpf(BPF_MAP_GET_NEXT_KEY, &next) == 0)
			emptied += bpf(BPF_MAP_DELETE_ELEM, &out) == 0;
		close(mine);
	}
	printf("emptied %d maps\n", emptied);
	return emptied == 0;
}

static const char *outcome(long got)
{
	return got >= 0 ? "done" : strerror(errno);
}

static int trace(char *argv[])
{
	char byte, path[64];
	pid_t pid = (pid_t)number(argv[0]);
	struct iovec here = {&byte, 1}, there = {(void *)(uintptr_t)0x1000, 1};
	int handle = (int)syscall(SYS_pidfd_open, pid, 0);
	printf("seize: %s\n", outcome(ptrace(PTRACE_SEIZE, pid, NULL, NULL)));
	printf("descriptor: %s\n", outcome(syscall(SYS_pidfd_getfd, handle, 3, 0)));
	printf("memory: %s\n", outcome(process_vm_readv(pid, &here, 1, &there, 1, 0)));
	snprintf(path, sizeof path, "/proc/%d/mem", pid);
	printf("mem: %s\n", outcome(open(path, O_RDWR | O_CLOEXEC)));
	return 0;
}

static int chain(char *argv[])
{
	char left[16];
	unsigned count = number(argv[0]);
	if (count == 0)
		return reach(argv + 1);
	snprintf(left, sizeof left, "%u", count - 1);
	execl("/proc/self/exe", "escape", "chain", left, argv[1], argv[2], (char *)NULL);
	return 69;
}

/* The cheapest process there is: it shares its memory and ends at once. */
static int brief(void *argv)
{
	return argv ? reach(argv) : 0;
}

static int many(char *argv[])
{
	static char stack[64 << 10] __attribute__((aligned(16)));
	unsigned count = number(argv[0]);
	for (unsigned i = 0; i < count; i++) {
		pid_t pid = clone(brief, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD,
				  i == count / 2 ? argv + 1 : NULL);
		if (pid < 0 || waitpid(pid, NULL, 0) != pid)
			return 69;
	}
	return 0;
}

static int as(char *argv[])
{
	pid_t wanted = (pid_t)number(argv[0]);
	struct clone_args args = {.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&wanted, .set_tid_size = 1};
	long pid = syscall(SYS_clone3, &args, sizeof args);
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0) {
		perror("escape: clone3");
		return 69;
	}
	waitpid((pid_t)pid, NULL, 0);
	return pid != wanted;
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int arguments;
		int (*run)(char *argv[]);
	} ways[] = {
		{"detach", 1, detach}, {"blind", 3, blind}, {"trace", 1, trace},
		{"steal", 1, steal},
		{"chain", 3, chain},   {"many", 3, many},   {"as", 2, as},
	};
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(argv[1], ways[i].name) && argc - 2 >= ways[i].arguments)
			return ways[i].run(argv + 2);
	fprintf(stderr, "escape: see the top of tests/lab/escape.c\n");
	return 64;
}
