/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process witness of macOS. Of every known process the system tells that it forked,
 * executed a program or ended, but not which child it made. So its children are looked
 * up, and those of all known ones every second besides. One that ended before that is
 * not seen, nor what it left behind: the forks of which nothing was found are counted.
 */
#include "collectors/registry.h"
#include "collectors/macos/process_events.h"
#include "collectors/macos/process_info.h"
#include "collectors/processes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	EVENTS_MAX = 64, /* that are taken at a time */
	CHILDREN_MAX = 8192,
	POLL_MS = 1000,
};

struct tree {
	struct watch *w;
	int queue;
	int64_t looked_ns;
	uint64_t forks, missed;
	struct processes *gone; /* whose end was told, as long as their parents do not ask about it */
	uint32_t children[CHILDREN_MAX];
	uint32_t all[PROCESS_INFO_ALL_MAX];
};

static void write_process(struct tree *t, const char *kind, uint32_t pid)
{
	struct process_info info;
	char path[PROCESS_INFO_PATH_MAX];
	bool known = process_info_read(pid, &info);
	bool named = process_info_path(pid, path);
	struct json *j = evidence_begin(t->w->evidence, kind, clock_now().wall_ns);
	json_add_u64(j, "pid", pid);
	if (known) {
		json_add_u64(j, "ppid", info.parent);
		json_add_u64(j, "uid", info.uid);
		json_add_string(j, "comm", info.comm);
	}
	if (named)
		json_add_string(j, "exe", path);
	json_add_bool(j, "cgroup", false);
	json_add_bool(j, "tree", true);
	evidence_end(t->w->evidence);
}

static void write_exit(struct tree *t, uint32_t pid, const int *status)
{
	struct json *j = evidence_begin(t->w->evidence, "exit", clock_now().wall_ns);
	json_add_u64(j, "pid", pid);
	if (status)
		json_add_i64(j, "status", *status);
	evidence_end(t->w->evidence);
	processes_remove(t->w->processes, pid);
	processes_add(t->gone, pid);
}

static bool has_ended(uint32_t pid)
{
	struct process_info info;
	return !process_info_read(pid, &info) || info.ended;
}

/* True where it was not known before. */
static bool add(struct tree *t, uint32_t pid)
{
	if ((pid_t)pid == t->w->suite || processes_has(t->w->processes, pid) ||
	    (processes_has(t->gone, pid) && has_ended(pid)))
		return false;
	processes_remove(t->gone, pid); /* another process has its number now */
	processes_add(t->w->processes, pid);
	/* first this: a program that is executed from here on is told of */
	bool told = process_events_ask(t->queue, pid);
	write_process(t, "process", pid);
	if (!told && has_ended(pid))
		write_exit(t, pid, NULL);
	return true;
}

/* How many of its children are new. */
static size_t look_below(struct tree *t, uint32_t pid)
{
	size_t found = 0, count = process_info_children(pid, t->children, CHILDREN_MAX);
	for (size_t i = 0; i < count; i++)
		found += add(t, t->children[i]);
	return found;
}

/* Until nothing new turns up: what was found may stand in front of who is asked next. */
static void look_below_all(struct tree *t)
{
	size_t found;
	do {
		size_t at = 0;
		found = 0;
		for (uint32_t pid = processes_next(t->w->processes, &at); pid;
		     pid = processes_next(t->w->processes, &at))
			found += look_below(t, pid);
	} while (found);
	t->looked_ns = clock_mono();
}

static void look_at_host(struct tree *t)
{
	size_t count = process_info_all(t->all, PROCESS_INFO_ALL_MAX);
	for (size_t i = 0; i < count; i++)
		add(t, t->all[i]);
	t->looked_ns = clock_mono();
}

static void forget_gone(struct tree *t)
{
	struct process_info info;
	size_t at = 0;
	for (uint32_t pid = processes_next(t->gone, &at); pid; pid = processes_next(t->gone, &at))
		if (!process_info_read(pid, &info))
			processes_remove(t->gone, pid);
}

static void look(struct tree *t)
{
	forget_gone(t);
	if (t->w->options->host)
		look_at_host(t);
	else
		look_below_all(t);
}

static void take_event(struct tree *t, const struct process_event *e)
{
	if (e->forked) {
		t->forks++;
		t->missed += look_below(t, e->pid) == 0;
	}
	if (e->executed)
		write_process(t, "exec", e->pid);
	if (e->ended)
		write_exit(t, e->pid, e->has_status ? &e->status : NULL);
}

static void tree_drain(void *state)
{
	struct tree *t = state;
	struct process_event events[EVENTS_MAX];
	size_t count;
	do {
		count = process_events_take(t->queue, events, EVENTS_MAX);
		for (size_t i = 0; i < count; i++)
			take_event(t, &events[i]);
	} while (count == EVENTS_MAX);
	if (clock_mono() - t->looked_ns >= POLL_MS * CLOCK_MILLISECOND)
		look(t);
}

static int tree_wake(void *state)
{
	const struct tree *t = state;
	return t->queue;
}

static enum status tree_open(struct watch *w, void **ret_state, struct error *err)
{
	int queue = process_events_open();
	if (queue < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no kqueue");
	struct tree *t = must_alloc(1, sizeof *t);
	t->w = w;
	t->queue = queue;
	t->gone = processes_new();
	*ret_state = t;
	return OK;
}

static void tree_start(void *state)
{
	struct tree *t = state;
	if (t->w->command)
		add(t, (uint32_t)t->w->command);
	if (t->w->options->pid)
		add(t, (uint32_t)t->w->options->pid);
	look(t);
}

static uint64_t tree_stop(void *state)
{
	struct tree *t = state;
	char detail[256];
	tree_drain(t);
	snprintf(detail, sizeof detail,
		 "%llu %s a process was told to have forked; %llu %s no new child was found: it had "
		 "ended, or was seen already",
		 (unsigned long long)t->forks, text_plural(t->forks, "time", "times"), (unsigned long long)t->missed,
		 text_plural(t->missed, "time", "times"));
	watch_witness(t->w, "processes", "forks", t->missed ? "degraded" : "on", detail, "");
	close(t->queue);
	processes_free(t->gone);
	free(t);
	return 0;
}

static void tree_probe(struct probe *ret)
{
	ret->works = true;
	snprintf(ret->detail, sizeof ret->detail, "kqueue tells of forks, programs and ends");
}

const struct collector collector_processes = {
	.name = "processes",
	.witnesses = "the session's processes, as they are found: a child that ends before it is looked up, "
		     "and what it leaves behind, is not seen",
	.needs = "nothing",
	.probe = tree_probe,
	.open = tree_open,
	.start = tree_start,
	.drain = tree_drain,
	.wake = tree_wake,
	.stop = tree_stop,
};
