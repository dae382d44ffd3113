/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program under test, as a process of its own: it may take RUN_SECONDS and
 * RUN_MEMORY_MAX bytes. With the sanitizers, whose shadow is large, only what is
 * resident counts.
 */
#include "tests/cases/cases.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUN_SECONDS = 5, RUN_MEMORY_MAX = 256 << 20, NOT_RUN = 126 /* an exit status */ };

static void limit(int what, rlim_t most)
{
	const struct rlimit limits = {most, most};
	if (setrlimit(what, &limits))
		_exit(NOT_RUN);
}

static _Noreturn void become_reader(const char *program, const char *file, const char *database)
{
	int log = open("/dev/null", O_WRONLY);
	if (log >= 0)
		dup2(log, 1);
#ifndef __SANITIZE_ADDRESS__
	limit(RLIMIT_AS, RUN_MEMORY_MAX);
#endif
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, RUN_SECONDS);
	alarm(2 * RUN_SECONDS); /* a wait is no work; a busy machine is no fault */
	execl(program, program, "ingest", "-q", "--db", database, file, (char *)NULL);
	_exit(NOT_RUN);
}

/* Of a message only what stands behind the name of the file: where the cases are is no
 * part of a claim. */
static void first_line(const char *path, const char *file, char *ret, size_t capacity)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, ret, capacity - 1);
	ret[got > 0 ? got : 0] = 0;
	ret[strcspn(ret, "\n")] = 0;
	const char *name = strstr(ret, file);
	if (name)
		memmove(ret, name + strlen(file), strlen(name + strlen(file)) + 1);
	if (fd >= 0)
		close(fd);
}

static void judge_end(int status, const struct rusage *use, struct ours *ret)
{
	if (WIFSIGNALED(status))
		snprintf(ret->problem, sizeof ret->problem, "ended by signal %d (%s)", WTERMSIG(status),
			 WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGALRM ? "too slow"
										    : "a crash");
	else if ((uint64_t)use->ru_maxrss * 1024 > RUN_MEMORY_MAX)
		snprintf(ret->problem, sizeof ret->problem, "used %ld KiB", use->ru_maxrss);
	else if (WEXITSTATUS(status))
		snprintf(ret->problem, sizeof ret->problem, "refused (%d)", WEXITSTATUS(status));
	else
		ret->read = true;
}

void run_reader(const char *program, const char *file, struct arena *arena, struct ours *ret)
{
	char folder[] = "/tmp/airgap-cases-XXXXXX", database[64], log[64];
	struct rusage use;
	struct error err = {0};
	int status = 0;
	*ret = (struct ours){.read = false};
	if (!mkdtemp(folder))
		die("%s: cannot be made", folder);
	snprintf(database, sizeof database, "%s/audit.db", folder);
	snprintf(log, sizeof log, "%s/log", folder);
	pid_t child = fork();
	if (child == 0) {
		int fd = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		if (fd >= 0)
			dup2(fd, 2);
		become_reader(program, file, database);
	}
	if (child < 0 || wait4(child, &status, 0, &use) != child)
		die("%s cannot be run", program);
	if (WIFEXITED(status) && WEXITSTATUS(status) >= NOT_RUN)
		die("%s cannot be run", program);
	judge_end(status, &use, ret);
	if (ret->read && ours_load(database, arena, ret, &err)) {
		ret->read = false;
		snprintf(ret->problem, sizeof ret->problem, "%s", err.text);
	} else if (!ret->read) {
		size_t size = strlen(ret->problem);
		first_line(log, file, ret->problem + size, sizeof ret->problem - size);
	}
	unlink(log);
	unlink(database);
	rmdir(folder);
}
