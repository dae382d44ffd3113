/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_who.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>

enum {
	STATUS_MAX = 4096,
	STALE_MS = 20, /* a name or parent of before may be told for so long */
	MANY_NUMBERS = 32768, /* the least that Linux begins with: nobody forks so often in that time */
};

struct known {
	struct stat st;
	struct notify_program program;
};

struct notify_programs {
	pthread_mutex_t lock;
	size_t count;
	struct known *at[NOTIFY_PROGRAMS_MAX]; /* owned */
};

/* "Uid:\t0\t0\t0\t0": the real one comes first. */
static bool take_number(struct slice line, const char *name, uint32_t *ret)
{
	struct slice word;
	uint64_t number;
	if (!slice_starts(line, name))
		return false;
	struct cursor c = cursor_over(slice_part(line, strlen(name), line.size));
	if (!cursor_word(&c, 20, &word) || !slice_u64(word, UINT32_MAX, &number))
		return false;
	*ret = (uint32_t)number;
	return true;
}

bool notify_who_parse(struct slice status, struct notify_who *ret)
{
	struct cursor c = cursor_over(status);
	struct slice line;
	unsigned found = 0;
	while (found != 0x1f && cursor_line(&c, &line, NULL)) {
		if (slice_starts(line, "Name:\t")) {
			slice_to_string(slice_part(line, strlen("Name:\t"), sizeof ret->comm - 1), ret->comm,
					sizeof ret->comm);
			found |= 1;
		}
		found |= take_number(line, "Tgid:", &ret->pid) ? 2 : 0;
		found |= take_number(line, "Pid:", &ret->tid) ? 4 : 0;
		found |= take_number(line, "PPid:", &ret->ppid) ? 8 : 0;
		found |= take_number(line, "Uid:", &ret->uid) ? 16 : 0;
	}
	return found == 0x1f;
}

struct notify_programs *notify_programs_new(void)
{
	struct notify_programs *p = must_alloc(1, sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void notify_programs_free(struct notify_programs *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		free(p->at[i]);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

/* A file that was changed in between is another program, as to the hashes. */
static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Under the lock. */
static uint32_t number_of(struct notify_programs *p, uint32_t tid, const struct stat *st)
{
	for (size_t i = p->count; i > 0; i--)
		if (is_same(&p->at[i - 1]->st, st))
			return (uint32_t)i;
	if (p->count == NOTIFY_PROGRAMS_MAX)
		return 0;
	struct known *k = must_alloc(1, sizeof *k);
	k->st = *st;
	k->program.inode = st->st_ino;
	image_path(tid, k->program.path);
	p->at[p->count++] = k;
	return (uint32_t)p->count;
}

/* An administrator may have left few of them (proc(5), pid_max). */
static bool has_many_numbers(void)
{
	char text[32];
	uint64_t most = 0;
	struct slice line;
	AUTO_FD int fd = open("/proc/sys/kernel/pid_max", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, text, sizeof text) : -1;
	struct cursor c = cursor_over(slice_of(text, size > 0 ? (size_t)size : 0));
	return cursor_line(&c, &line, NULL) && slice_u64(line, UINT64_MAX, &most) && most >= MANY_NUMBERS;
}

void notify_callers_open(struct notify_callers *c)
{
	c->lasting = has_many_numbers();
	for (size_t i = 0; i < NOTIFY_CALLERS_MAX; i++)
		c->at[i] = (struct notify_known){.folder = -1, .process = -1};
}

static void forget(struct notify_known *k)
{
	auto_close(&k->folder);
	auto_close(&k->process);
	*k = (struct notify_known){.folder = -1, .process = -1};
}

void notify_callers_close(struct notify_callers *c)
{
	for (size_t i = 0; i < NOTIFY_CALLERS_MAX; i++)
		forget(&c->at[i]);
}

/* What it runs now; all zeros where that is hidden. False where it is gone. */
static bool look_at_program(const struct notify_known *k, struct stat *ret)
{
	memset(ret, 0, sizeof *ret);
	return fstatat(k->folder, "exe", ret, 0) == 0 || errno == EACCES || errno == EPERM;
}

static bool read_status(const struct notify_known *k, struct notify_who *ret)
{
	char status[STATUS_MAX];
	AUTO_FD int fd = openat(k->folder, "status", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, status, sizeof status) : -1;
	return size > 0 && notify_who_parse(slice_of(status, (size_t)size), ret);
}

/* From the second call on: most make one only. */
static void learn_mark(struct notify_known *k)
{
	if (!k->mark.at)
		notify_mark_learn(k->folder, (pid_t)k->who.tid, &k->mark);
}

static bool learn(struct notify_programs *p, struct notify_known *k, uint32_t tid)
{
	char path[64];
	struct notify_who who = {.pid = 0};
	snprintf(path, sizeof path, "/proc/%u", tid);
	if (k->folder < 0)
		k->folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (!look_at_program(k, &k->program) || !read_status(k, &who))
		return false;
	who.tid = tid; /* as we number it, whatever namespace it is in */
	if (k->process < 0)
		k->process = (int)syscall(SYS_pidfd_open, (pid_t)who.pid, 0);
	if (k->process < 0)
		return false; /* its descriptors would seem to be none */
	pthread_mutex_lock(&p->lock);
	who.program = k->program.st_ino ? number_of(p, tid, &k->program) : 0;
	pthread_mutex_unlock(&p->lock);
	k->who = who;
	k->mark = (struct notify_mark){.at = 0};
	k->until_ns = clock_mono() + STALE_MS * CLOCK_MILLISECOND;
	return true;
}

const struct notify_known *notify_who(struct notify_programs *p, struct notify_callers *c, uint32_t tid)
{
	struct notify_known *k = &c->at[tid % NOTIFY_CALLERS_MAX];
	struct stat now;
	if (k->who.tid == tid && clock_mono() < k->until_ns && look_at_program(k, &now) && is_same(&now, &k->program)) {
		learn_mark(k);
		return k;
	}
	if (k->who.tid != tid || !look_at_program(k, &now))
		forget(k);
	if (learn(p, k, tid))
		return k;
	forget(k);
	return NULL;
}

const struct notify_known *notify_who_lately(const struct notify_callers *c, uint32_t tid)
{
	const struct notify_known *k = &c->at[tid % NOTIFY_CALLERS_MAX];
	return c->lasting && k->who.tid == tid && k->mark.at && clock_mono() < k->until_ns ? k : NULL;
}

bool notify_who_signalled(uint32_t tid)
{
	static const char *const names[] = {"SigPnd:\t", "ShdPnd:\t", "SigBlk:\t", "SigIgn:\t"};
	uint64_t sets[LENGTH(names)] = {0};
	char path[64], text[STATUS_MAX];
	struct slice line;
	snprintf(path, sizeof path, "/proc/%u/status", tid);
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, text, sizeof text) : -1;
	struct cursor c = cursor_over(slice_of(text, size > 0 ? (size_t)size : 0));
	while (cursor_line(&c, &line, NULL))
		for (size_t i = 0; i < LENGTH(names); i++)
			if (slice_starts(line, names[i]))
				slice_hex_u64(slice_part(line, strlen(names[i]), line.size), UINT64_MAX, &sets[i]);
	return ((sets[0] | sets[1]) & ~sets[2] & ~sets[3]) != 0;
}

bool notify_program(struct notify_programs *p, uint32_t number, struct notify_program *ret)
{
	pthread_mutex_lock(&p->lock);
	bool there = number > 0 && number <= p->count;
	if (there)
		*ret = p->at[number - 1]->program;
	pthread_mutex_unlock(&p->lock);
	return there;
}
