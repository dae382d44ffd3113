/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a command and writes one line of what it took: seconds by the clock, seconds
 * of processor (the command and every child that it waited for), exit status, and
 * with --memory the peak of what the whole tree of processes held, in KiB: first
 * proportional (Pss of /proc/PID/smaps_rollup: a page that two processes share
 * counts half in each, so nothing counts twice; files that are mapped count), then
 * without the files (Pss_Anon, Pss_Shmem). It looks every ten milliseconds, less
 * often where a look takes long, for a twentieth of one processor at most; where
 * that counts, time and memory are better measured in two runs.
 *
 *   measure [--memory] FILE COMMAND [ARG…]
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SHARE = 20,  TREE_MAX = 256, FILE_MAX = 4096 };

static const double INTERVAL = 0.01;

struct held {
	unsigned long all, anonymous; /* KiB */
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A small file of /proc as text; empty where the process is gone. */
static const char *read_proc(pid_t pid, const char *name)
{
	static char text[FILE_MAX];
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static unsigned long line_of(const char *text, const char *name)
{
	const char *at = strstr(text, name);
	return at ? strtoul(at + strlen(name), NULL, 10) : 0;
}

/* The children of the first thread of PID, appended to TREE. */
static size_t add_children(pid_t pid, pid_t tree[], size_t count)
{
	char name[64];
	snprintf(name, sizeof name, "task/%d/children", pid);
	const char *at = read_proc(pid, name);
	char *end;
	for (; count < TREE_MAX; at = end) {
		pid_t child = (pid_t)strtol(at, &end, 10);
		if (end == at)
			break;
		tree[count++] = child;
	}
	return count;
}

static void look(pid_t root, struct held *peak)
{
	pid_t tree[TREE_MAX] = {root};
	struct held sum = {0, 0};
	size_t count = 1;
	for (size_t i = 0; i < count; i++) {
		const char *text = read_proc(tree[i], "smaps_rollup");
		sum.all += line_of(text, "\nPss:");
		sum.anonymous += line_of(text, "\nPss_Anon:") + line_of(text, "\nPss_Shmem:");
		count = add_children(tree[i], tree, count);
	}
	if (sum.all > peak->all)
		peak->all = sum.all;
	if (sum.anonymous > peak->anonymous)
		peak->anonymous = sum.anonymous;
}

int main(int argc, char *argv[])
{
	bool memory = argc > 1 && strcmp(argv[1], "--memory") == 0;
	if (argc < 3 + memory) {
		fprintf(stderr, "usage: measure [--memory] FILE COMMAND [ARG…]\n");
		return 64;
	}
	argv += memory;
	FILE *out = fopen(argv[1], "ae");
	if (!out) {
		perror(argv[1]);
		return 73;
	}
	struct held peak = {0, 0};
	double begun = now();
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	int status = -1;
	struct rusage used = {0};
	while (memory && wait4(pid, &status, WNOHANG, &used) == 0) {
		double from = now();
		look(pid, &peak);
		double rest = SHARE * (now() - from);
		rest = rest < INTERVAL ? INTERVAL : rest;
		usleep((useconds_t)(1e6 * rest));
	}
	if (!memory)
		wait4(pid, &status, 0, &used);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		     1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
	fprintf(out, "%.4f %.4f %d %lu %lu\n", now() - begun, cpu, code, peak.all, peak.anonymous);
	fclose(out);
	return code;
}
