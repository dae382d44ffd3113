/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/confine_watch.h"

#include "benchmark/confine_group.h"
#include "benchmark/confine_memory.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	BLOCK = 1 << 16,
	GRACE_MS = 5000, /* for the kernel to end what was killed */
	START_MS = 20000, /* for bubblewrap to begin, on a machine with much to do */
	COUNT_MS = 20,    /* between two looks at its memory */
};

static void kill_all(struct watched *w, enum confine_end end)
{
	if (w->is_over)
		return;
	w->is_over = true;
	w->result->end = end;
	w->ended_ns = clock_mono();
	if (w->first >= 0)
		syscall(SYS_pidfd_send_signal, w->first, SIGKILL, NULL, 0);
	kill(w->pid, SIGKILL); /* not waited for yet */
}

static bool number_in(struct slice line, const char *key, uint64_t max, uint64_t *ret)
{
	struct json_member member = {key, {JSON_ABSENT, {0}}};
	return !json_read_object(line, &member, 1, NULL) && json_u64(&member.value, max, ret);
}

/* Where it waits for us its number cannot be another's yet; nor else, as nobody waits for
 * it before bubblewrap has ended. */
static void let_go(struct watched *w, pid_t first)
{
	const struct rlimit most = {GROUP_PROCESSES_MAX, GROUP_PROCESSES_MAX};
	w->first = (int)syscall(SYS_pidfd_open, first, 0);
	w->first_pid = first;
	w->started_ns = clock_mono();
	w->deadline_ns = w->started_ns + (int64_t)w->timeout_ms * CLOCK_MILLISECOND;
	if (!w->bound_processes)
		return;
	if (w->first < 0 || prlimit(first, RLIMIT_NPROC, &most, NULL) != 0 || write(w->go, "g", 1) != 1)
		kill_all(w, CONFINE_SIGNALLED);
}

static void hear_status(struct watched *w)
{
	struct cursor lines = cursor_over(text_slice(&w->told));
	struct slice line;
	uint64_t number;
	bool whole;
	while (cursor_line(&lines, &line, &whole) && whole) {
		if (w->first < 0 && number_in(line, "child-pid", INT32_MAX, &number))
			let_go(w, (pid_t)number);
		else if (number_in(line, "exit-code", 255, &number))
			w->exit_code = (int)number;
	}
}

/* At most what fits; the rest of a block is what was written too much. */
static void keep(struct watched *w, enum watch_stream i, struct slice bytes)
{
	struct text *to = i == WATCH_OUT ? &w->result->output : i == WATCH_RESULT ? &w->result->result : &w->told;
	struct slice fitting = slice_part(bytes, 0, to->max - to->size);
	text_add(to, fitting);
	if (i == WATCH_STATUS)
		hear_status(w);
	else if (fitting.size < bytes.size)
		kill_all(w, CONFINE_OUTPUT);
}

static void hear(struct watched *w, enum watch_stream i)
{
	unsigned char block[BLOCK];
	ssize_t got = read(w->from[i], block, sizeof block);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got > 0) {
		keep(w, i, slice_of(block, (size_t)got));
		return;
	}
	close(take_fd(&w->from[i]));
	if (i == WATCH_STATUS) /* bubblewrap has ended; what it left inside ends too */
		kill_all(w, CONFINE_EXITED);
}

static bool has_ended(const struct watched *w)
{
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		if (w->from[i] >= 0)
			return false;
	return true;
}

static void count_memory(struct watched *w)
{
	uint64_t held = memory_held(w->first_pid);
	if (held > w->result->memory_bytes)
		w->result->memory_bytes = held;
	if (held > w->memory_max)
		kill_all(w, CONFINE_MEMORY);
}

/* What is due now; how long nothing will be, in milliseconds. */
static int keep_time(struct watched *w)
{
	int64_t now = clock_mono();
	int64_t end = w->is_over ? w->ended_ns + GRACE_MS * CLOCK_MILLISECOND : w->deadline_ns;
	bool counting = !w->is_over && w->memory_max > 0 && w->first >= 0;
	if (counting)
		count_memory(w);
	if (now < end)
		return counting ? COUNT_MS : (int)((end - now) / CLOCK_MILLISECOND) + 1;
	if (!w->is_over) {
		kill_all(w, CONFINE_TIMED_OUT);
		return GRACE_MS;
	}
	for (size_t i = 0; i < WATCH_STREAMS; i++) /* held open by what cannot be ended: unheard of */
		if (w->from[i] >= 0)
			close(take_fd(&w->from[i]));
	return 0;
}

static size_t gather(struct watched *w[], size_t count, struct pollfd ret[], int *ret_wait)
{
	size_t used = 0;
	*ret_wait = INT32_MAX;
	for (size_t i = 0; i < count; i++) {
		if (has_ended(w[i]))
			continue;
		int wait = keep_time(w[i]);
		*ret_wait = wait < *ret_wait ? wait : *ret_wait;
		for (size_t k = 0; k < WATCH_STREAMS; k++)
			if (w[i]->from[k] >= 0)
				ret[used++] = (struct pollfd){.fd = w[i]->from[k], .events = POLLIN};
	}
	return used;
}

static void hear_from(struct watched *w[], size_t count, int fd)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < WATCH_STREAMS; k++)
			if (w[i]->from[k] == fd) {
				hear(w[i], (enum watch_stream)k);
				return;
			}
}

static void wait_for(struct watched *w)
{
	struct pollfd first = {.fd = w->first, .events = POLLIN};
	struct rusage use;
	while (w->pid > 0 && wait4(w->pid, &w->status, 0, &use) < 0 && errno == EINTR)
		continue;
	w->pid = -1;
	/* the first process inside is ours to wait for now (PR_SET_CHILD_SUBREAPER), with what
	 * all of it used; had nobody waited it would count as a process of the next run */
	if (w->first < 0 || poll(&first, 1, GRACE_MS) <= 0 || wait4(w->first_pid, NULL, WNOHANG, &use) <= 0)
		return;
	w->result->cpu_ns = ((int64_t)use.ru_utime.tv_sec + use.ru_stime.tv_sec) * CLOCK_SECOND +
			    ((int64_t)use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1000;
	if (w->result->memory_bytes == 0) /* where nothing counts it for all of them */
		w->result->memory_bytes = (uint64_t)use.ru_maxrss * 1024;
}

enum status watch_all(struct watched *w[], size_t count, struct error *err)
{
	struct pollfd fds[WATCH_MAX * WATCH_STREAMS];
	int64_t now = clock_mono();
	int wait;
	for (size_t i = 0; i < count; i++) {
		w[i]->started_ns = now;
		w[i]->deadline_ns = now + START_MS * CLOCK_MILLISECOND;
	}
	for (;;) {
		size_t used = gather(w, count, fds, &wait);
		if (used == 0)
			break;
		int ready = poll(fds, used, wait);
		if (ready < 0 && errno != EINTR)
			return fail_errno(err, ERR_INTERNAL, errno, "cannot wait for the sandbox");
		for (size_t i = 0; i < used && ready > 0; i++)
			if (fds[i].revents)
				hear_from(w, count, fds[i].fd);
		for (size_t i = 1; i < count && w[0]->is_over; i++) {
			w[i]->cut |= !w[i]->is_over;
			kill_all(w[i], CONFINE_EXITED);
		}
	}
	for (size_t i = 0; i < count; i++)
		wait_for(w[i]);
	return OK;
}

void watch_free(struct watched *w)
{
	if (w->pid > 0) {
		kill_all(w, CONFINE_SIGNALLED);
		wait_for(w);
	}
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		auto_close(&w->from[i]);
	auto_close(&w->go);
	auto_close(&w->first);
	text_free(&w->told);
}
