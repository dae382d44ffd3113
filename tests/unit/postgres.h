/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_POSTGRES_H
#define TESTS_UNIT_POSTGRES_H

/*
 * A server of PostgreSQL for one test: in a folder of its own, as an ordinary user, reached by a
 * Unix socket alone. Tests are left out where none is installed.
 */

#include "tests/unit/test.h"

#include <glob.h>
#include <signal.h>
#include <sys/wait.h>

enum { POSTGRES_NOBODY = 65534 };

struct postgres {
	char programs[256], folder[64], place[256];
	pid_t server; /* 0: it does not run */
};

static inline bool postgres_find(struct postgres *p)
{
	glob_t found = {0};
	bool any = glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) == 0 || glob("/usr/bin/initdb", 0, NULL, &found) == 0;
	if (any)
		snprintf(p->programs, sizeof p->programs, "%.*s", (int)(strlen(found.gl_pathv[found.gl_pathc - 1]) - strlen("/initdb")),
			 found.gl_pathv[found.gl_pathc - 1]);
	globfree(&found);
	return any;
}

/* sh -c, as the ordinary user; the process. */
static inline pid_t postgres_start(const struct postgres *p, const char *command)
{
	fflush(NULL);
	pid_t child = fork();
	if (child)
		return child;
	int null = open("/dev/null", O_RDWR);
	if (geteuid() == 0 && (setgid(POSTGRES_NOBODY) != 0 || setuid(POSTGRES_NOBODY) != 0))
		_exit(126);
	if (chdir(p->folder) != 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(126);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static inline bool postgres_do(const struct postgres *p, const char *command)
{
	int status = -1;
	pid_t child = postgres_start(p, command);
	while (waitpid(child, &status, 0) < 0)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Starts it, and waits until it answers. One that was killed may have left others behind, that
 * must end before it may start. */
static inline void postgres_up(struct postgres *p)
{
	char command[1024];
	snprintf(command, sizeof command, "exec %s/postgres -D %s/data -k %s -c listen_addresses= -c fsync=off", p->programs, p->folder,
		 p->folder);
	for (unsigned tries = 0; tries < 100; tries++) {
		p->server = postgres_start(p, command);
		usleep(200000);
		if (waitpid(p->server, NULL, WNOHANG) == 0)
			break;
		p->server = 0;
	}
	assert_true(p->server > 0);
	snprintf(command, sizeof command, "for i in $(seq 300); do %s/pg_isready -q -h %s && exit 0; sleep 0.1; done; exit 1",
		 p->programs, p->folder);
	assert_true(postgres_do(p, command));
}

static inline void postgres_kill(struct postgres *p, int signal_number)
{
	if (p->server > 0) {
		kill(p->server, signal_number);
		waitpid(p->server, NULL, 0);
	}
	p->server = 0;
}

/* False where none is installed. */
static inline bool postgres_begin(struct postgres *p)
{
	char command[1024];
	*p = (struct postgres){.server = 0};
	if (!postgres_find(p))
		return false;
	snprintf(p->folder, sizeof p->folder, "/tmp/airgap-postgres-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	if (geteuid() == 0)
		assert_int_equal(chown(p->folder, POSTGRES_NOBODY, POSTGRES_NOBODY), 0);
	snprintf(command, sizeof command, "%s/initdb -D %s/data -A trust -E UTF8 --locale=C.UTF-8 -U tester -N", p->programs, p->folder);
	assert_true(postgres_do(p, command));
	postgres_up(p);
	snprintf(p->place, sizeof p->place, "postgresql:///postgres?host=%s&user=tester", p->folder);
	return true;
}

/* A scratch folder in memory, where there is such a place: each file of a bundle is waited for
 * until it has reached the disk. */
static inline int postgres_scratch(void **state)
{
	struct scratch *s = calloc(1, sizeof *s);
	if (!s)
		return -1;
	snprintf(s->path, sizeof s->path, "%s/airgap-test-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	*state = s;
	if (!mkdtemp(s->path))
		return -1;
	s->fd = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return s->fd < 0 ? -1 : 0;
}

static inline int postgres_remove(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static inline void postgres_end(struct postgres *p)
{
	postgres_kill(p, SIGQUIT);
	if (p->folder[0])
		nftw(p->folder, postgres_remove, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
