/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine [COUNT [THREADS]]: what the sandbox costs. The same small Python task is run
 * COUNT times (1000) in it and bare, in turns of a tenth each, by as many threads as
 * there are processors; prints the time of all, and what one run costs more, as the clock
 * and as the processors' own time have it (on a busy machine only the latter tells).
 */
#include "benchmark/confine.h"
#include "core/auto.h"
#include "core/clock.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS = 10, THREADS_MAX = 256, TIMEOUT_MS = 30000 };

static const char *const argv_python[] = {"python3", "-B", "-s", "-E", "driver.py", NULL};
static const char driver[] = "import json, os, answer\n"
			     "for case in range(20):\n"
			     "    os.write(3, (json.dumps(answer.runs([case % 3] * case)) + '\\n').encode())\n";
static const char answer[] = "def runs(items):\n"
			     "    out = []\n"
			     "    for item in items:\n"
			     "        if out and out[-1][0] == item:\n"
			     "            out[-1][1] += 1\n"
			     "        else:\n"
			     "            out.append([item, 1])\n"
			     "    return out\n";

struct cost {
	int64_t wall_ns, cpu_ns;
};

struct turn {
	struct confine *confine; /* NULL: bare */
	const struct task_files *files;
	size_t count;
};

static void run_inside(const struct turn *t)
{
	struct error err = {0};
	struct confine_run run = {.files = t->files, .argv = argv_python, .timeout_ms = TIMEOUT_MS};
	struct confine_result result;
	if (confine_run(t->confine, &run, &result, &err))
		die("%s", err.text);
	if (result.end != CONFINE_EXITED || result.code != 0 || result.result.size == 0)
		die("the task did not work: %s", text_string(&result.output));
	confine_result_free(&result);
}

/* In the current folder, which has the files. */
static void run_bare(void)
{
	char *const environment[] = {(char[]){"PATH=/usr/bin:/bin"}, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	pid_t pid;
	int status;
	/* the scheduler shares by sessions, and in the sandbox each run has one */
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i <= 3; i++)
		posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
	if (posix_spawn(&pid, "/usr/bin/python3", &actions, &attributes, (char *const *)(uintptr_t)argv_python, environment) != 0)
		die("python3 cannot be started");
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("the task did not work");
}

static void *work(void *argument)
{
	const struct turn *t = argument;
	for (size_t i = 0; i < t->count; i++) {
		if (t->confine)
			run_inside(t);
		else
			run_bare();
	}
	return NULL;
}

/* Of all that was started and has ended, and of ourselves. */
static int64_t cpu_used(void)
{
	struct rusage own, theirs;
	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &theirs);
	return ((int64_t)own.ru_utime.tv_sec + own.ru_stime.tv_sec + theirs.ru_utime.tv_sec + theirs.ru_stime.tv_sec) * CLOCK_SECOND +
	       ((int64_t)own.ru_utime.tv_usec + own.ru_stime.tv_usec + theirs.ru_utime.tv_usec + theirs.ru_stime.tv_usec) * 1000;
}

static struct cost take_turn(const struct turn *t, size_t count, size_t threads)
{
	pthread_t thread[THREADS_MAX];
	struct turn turns[THREADS_MAX];
	int64_t begun = clock_mono(), used = cpu_used();
	for (size_t i = 0; i < threads; i++) {
		turns[i] = *t;
		turns[i].count = count * (i + 1) / threads - count * i / threads;
		if (pthread_create(&thread[i], NULL, work, &turns[i]) != 0)
			die("cannot start a thread");
	}
	for (size_t i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	return (struct cost){clock_mono() - begun, cpu_used() - used};
}

static void put(const char *name, const char *content)
{
	struct error err = {0};
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, content, strlen(content)) != (ssize_t)strlen(content) || close(fd) != 0)
		die("cannot write %s %s", name, err.text);
}

static uint64_t number(const char *text, uint64_t usual)
{
	uint64_t value = usual;
	return text && !slice_u64(slice_of_string(text), 1 << 20, &value) ? usual : value;
}

static void print_costs(const char *what, int64_t bare, int64_t inside, double runs)
{
	printf("  %-14s bare %.1f ms a run, in the sandbox %.1f ms, ratio %.2f, %.1f ms more a run\n", what, (double)bare / 1e6 / runs,
	       (double)inside / 1e6 / runs, (double)inside / (double)bare, (double)(inside - bare) / 1e6 / runs);
}

int main(int argc, char *argv[])
{
	struct error err = {0};
	struct confine *c;
	struct task_file at[] = {{"driver.py", text_make(sizeof driver)}, {"answer.py", text_make(sizeof answer)}};
	struct task_files files = {at, LENGTH(at)};
	size_t count = number(argc > 1 ? argv[1] : NULL, 1000);
	size_t threads = number(argc > 2 ? argv[2] : NULL, (uint64_t)sysconf(_SC_NPROCESSORS_ONLN));
	struct cost inside = {0}, bare = {0};
	put(at[0].path, driver);
	put(at[1].path, answer);
	text_add_string(&at[0].content, driver);
	text_add_string(&at[1].content, answer);
	if (threads < 1 || threads > THREADS_MAX || confine_open(&c, &err))
		die("%s", err.text);
	for (int i = 0; i < TURNS; i++) {
		struct cost cost = take_turn(&(struct turn){.files = &files}, count / TURNS, threads);
		bare.wall_ns += cost.wall_ns;
		bare.cpu_ns += cost.cpu_ns;
		cost = take_turn(&(struct turn){.confine = c, .files = &files}, count / TURNS, threads);
		inside.wall_ns += cost.wall_ns;
		inside.cpu_ns += cost.cpu_ns;
	}
	double runs = (double)(count / TURNS * TURNS);
	printf("%.0f runs of a Python task by %zu threads, %s\n", runs, threads, confine_described(c));
	print_costs("time", bare.wall_ns, inside.wall_ns, runs);
	print_costs("processor time", bare.cpu_ns, inside.cpu_ns, runs);
	confine_close(c);
	text_free(&at[0].content);
	text_free(&at[1].content);
	return 0;
}
