/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/later.h"

#include "collectors/linux/later_group.h"
#include "collectors/linux/platform_state.h"
#include "collectors/linux/proc_tree.h"
#include "collectors/processes.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	GONE_MAX = 256,    /* that ended lately: an attempt may be told up to 100 ms after its process ended */
	FOUND_MAX = 1024,  /* of one look; further ones wait for the next */
	ANCESTORS_MAX = 64,
	LOOK_MS = 1000,
};

struct gone {
	uint32_t pid;
	uint64_t until_ns; /* monotonic */
};

struct later {
	struct watch *w;
	const struct named *named;
	struct later_groups *groups; /* owned */
	struct processes *followed;  /* owned; those that live and no tree of the kernel's holds */
	struct processes *own;       /* owned; ours, and what we run to look */
	struct gone gone[GONE_MAX];
	size_t gone_next;
	uint64_t lost;
	int64_t looked_ns;
	pid_t begun[WATCH_PIDS_MAX];
	size_t begun_count;
	struct processes *strangers; /* owned; that ran before and are not meant, or were told of */
	pid_t doubts[FOUND_MAX], doubted[FOUND_MAX]; /* that no record had told of when they were found; by the last look */
	size_t doubt_count, doubted_count;
};

void later_free(struct later *l)
{
	if (!l)
		return;
	later_groups_free(l->groups);
	processes_free(l->followed);
	processes_free(l->own);
	processes_free(l->strangers);
	free(l);
}

static bool is_own(const struct later *l, pid_t pid, pid_t parent)
{
	return processes_has(l->own, (uint32_t)pid) || parent == getpid();
}

static const char *by_look(const struct later *l, pid_t pid)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d", (int)pid);
	AUTO_FD int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return folder < 0 ? NULL : named_by(l->named, folder);
}

/* Hands over each process that lives, but for our own. */
static void each(struct later *l, void (*one)(struct later *l, const struct proc_entry *p))
{
	AUTO_DIR DIR *proc = opendir("/proc");
	struct dirent *entry;
	struct proc_entry p;
	uint64_t pid;
	while (proc && (entry = readdir(proc)) != NULL)
		if (slice_u64(slice_of_string(entry->d_name), INT32_MAX, &pid) && proc_read((pid_t)pid, &p) && !is_own(l, p.pid, p.parent))
			one(l, &p);
}

static void note_begun(struct later *l, const struct proc_entry *p)
{
	if (!by_look(l, p->pid)) {
		processes_add(l->strangers, (uint32_t)p->pid);
		return;
	}
	for (size_t i = 0; i < l->begun_count; i++)
		if (l->begun[i] == p->pid)
			return;
	if (l->begun_count == WATCH_PIDS_MAX)
		l->lost++;
	else
		l->begun[l->begun_count++] = p->pid;
}

struct later *later_new(struct watch *w)
{
	const struct named *named = w->options->later;
	if (!named || !named_any(named))
		return NULL;
	struct later *l = must_alloc(1, sizeof *l);
	*l = (struct later){.w = w, .named = named, .groups = later_groups_new(named)};
	l->followed = processes_new();
	l->own = processes_new();
	l->strangers = processes_new();
	processes_add(l->own, (uint32_t)getpid());
	processes_add(l->own, (uint32_t)getppid()); /* the front */
	each(l, note_begun);
	return l;
}

size_t later_begun(struct later *l, const pid_t **ret)
{
	*ret = NULL;
	if (!l)
		return 0;
	each(l, note_begun);
	*ret = l->begun;
	return l->begun_count;
}

static void add(struct later *l, uint32_t pid)
{
	processes_add(l->followed, pid);
	processes_add(l->w->processes, pid);
	if (!processes_has(l->followed, pid))
		l->lost++;
}

static void tell(struct later *l, uint32_t pid, struct slice comm, const char *path, const char *by, const char *state)
{
	struct json *j = evidence_begin(l->w->evidence, "later", clock_now().wall_ns);
	json_add_u64(j, "pid", pid);
	json_add_slice(j, "comm", comm);
	json_add_string(j, "exe", path && path[0] ? path : NULL);
	json_add_string(j, "role", by);
	json_add_string(j, "state", state);
	evidence_end(l->w->evidence);
}

bool later_follows(const struct later *l, const struct event_head *head)
{
	if (!l || head->tgid == 0)
		return false;
	if (processes_has(l->followed, head->tgid))
		return true;
	for (size_t i = 0; i < GONE_MAX; i++)
		if (l->gone[i].pid == head->tgid && head->mono_ns <= l->gone[i].until_ns)
			return true;
	return false;
}

/* Of somebody else's, so far. */
static bool is_stranger(const struct later *l, const struct event_head *head)
{
	return head->tgid != 0 && !(head->flags & (EVENT_IN_CGROUP | EVENT_IN_TREE | EVENT_SUITE)) &&
	       !processes_has(l->own, head->tgid) && !later_follows(l, head);
}

/* Who belongs to somebody else from now on, as a login does, may do so without executing anything. */
void later_act(struct later *l, const struct event_head *head, struct slice comm)
{
	if (!l || !named_user(l->named, head->uid) || !is_stranger(l, head))
		return;
	add(l, head->tgid);
	tell(l, head->tgid, comm, NULL, "user", "followed");
}

void later_fork(struct later *l, const struct event_fork *e)
{
	if (l && later_follows(l, &e->head))
		add(l, e->child);
	else if (l && processes_has(l->own, e->head.tgid))
		processes_add(l->own, e->child);
}

/* A path that did not fit into its record, of a process that is gone: by the file itself. */
static bool is_file(const struct named *n, uint64_t inode)
{
	struct stat st;
	for (size_t i = 0; i < n->exe_count; i++)
		if (stat(n->exes[i], &st) == 0 && st.st_ino == inode)
			return true;
	return false;
}

void later_exec(struct later *l, const struct event_exec *e, const char *path)
{
	const char *by = NULL;
	bool unknown = false;
	if (!l || !is_stranger(l, &e->head))
		return;
	if (path[0] ? named_exe(l->named, slice_of_string(path)) : is_file(l->named, e->inode))
		by = "exe";
	else if (named_user(l->named, e->head.uid))
		by = "user";
	else
		unknown = !later_groups_find(l->groups, e->head.tgid, e->cgroup, &by);
	if (by)
		add(l, e->head.tgid);
	if (by || unknown)
		tell(l, e->head.tgid, slice_of(e->comm, strnlen(e->comm, sizeof e->comm)), path, by ? by : "cgroup", by ? "followed" : "unknown");
}

void later_exit(struct later *l, const struct event_head *head)
{
	if (!l)
		return;
	processes_remove(l->own, head->tgid);
	if (!processes_has(l->followed, head->tgid))
		return;
	processes_remove(l->followed, head->tgid);
	l->gone[l->gone_next++ % GONE_MAX] = (struct gone){head->tgid, head->mono_ns};
}

uint64_t later_lost(const struct later *l)
{
	return l ? l->lost : 0;
}

static bool is_known(const struct later *l, pid_t pid)
{
	return processes_has(l->followed, (uint32_t)pid) || processes_has(l->w->processes, (uint32_t)pid);
}

/* Itself, or one above it. */
static bool descends(const struct later *l, pid_t pid)
{
	struct proc_entry p = {.parent = pid};
	for (int i = 0; i < ANCESTORS_MAX && p.parent > 0; i++) {
		if (is_known(l, p.parent) || is_own(l, p.parent, 0))
			return true;
		if (!proc_read(p.parent, &p))
			break;
	}
	return false;
}

static bool was_doubted(const struct later *l, pid_t pid)
{
	for (size_t i = 0; i < l->doubted_count; i++)
		if (l->doubted[i] == pid)
			return true;
	return false;
}

/* From here on what it does is the session's; what it did before nobody knows, but for one that became
 * a user: the first thing that it did as that user would have told. */
static void take_late(struct later *l, const struct proc_entry *p, const char *by)
{
	char path[FILE_PATH_MAX], link[64];
	snprintf(link, sizeof link, "/proc/%d/exe", (int)p->pid);
	ssize_t size = readlink(link, path, sizeof path - 1);
	path[size > 0 ? size : 0] = 0;
	tell(l, (uint32_t)p->pid, slice_of_string(p->comm), path, by, l->w->kernel && !strcmp(by, "user") ? "followed" : "late");
	platform_write_watched(l->w, p->pid);
	AUTO_FREE struct proc_entry *below = must_alloc(PROC_TREE_MAX, sizeof *below);
	for (size_t i = 0, count = proc_descendants(p->pid, below, PROC_TREE_MAX); i < count; i++)
		add(l, (uint32_t)below[i].pid);
}

/* Called like a program that is named, and nobody may look at its file: as root without rights
 * that is so of all of root's. */
static bool is_called_so(const struct later *l, const struct proc_entry *p)
{
	char path[FILE_PATH_MAX], link[64];
	snprintf(link, sizeof link, "/proc/%d/exe", (int)p->pid);
	if (readlink(link, path, sizeof path) >= 0 || processes_has(l->strangers, (uint32_t)p->pid))
		return false;
	for (size_t i = 0; i < l->named->exe_count; i++) {
		const char *name = strrchr(l->named->exes[i], '/');
		if (name && !strncmp(name + 1, p->comm, EVENT_COMM_SIZE - 1))
			return true;
	}
	return false;
}

/* The record of one that began may still wait in the ring: with the kernel witness, which tells of
 * every program that is executed, the next look decides. */
static void look_at(struct later *l, const struct proc_entry *p)
{
	const char *by = by_look(l, p->pid);
	bool unknown = !by && !l->w->kernel && is_called_so(l, p);
	if ((!by && !unknown) || descends(l, p->pid))
		return;
	if (unknown) {
		processes_add(l->strangers, (uint32_t)p->pid);
		tell(l, (uint32_t)p->pid, slice_of_string(p->comm), NULL, "exe", "unknown");
	} else if (!l->w->kernel || was_doubted(l, p->pid)) {
		take_late(l, p, by);
	} else if (l->doubt_count < FOUND_MAX) {
		l->doubts[l->doubt_count++] = p->pid;
	}
}

void later_look(struct later *l)
{
	int64_t now = clock_mono();
	if (!l || now - l->looked_ns < LOOK_MS * CLOCK_MILLISECOND)
		return;
	const struct named *n = l->named;
	if (l->w->kernel && n->unit_count + n->group_count + n->user_count == 0)
		return; /* a program is always executed */
	l->looked_ns = now;
	l->doubt_count = 0;
	each(l, look_at);
	memcpy(l->doubted, l->doubts, l->doubt_count * sizeof *l->doubts);
	l->doubted_count = l->doubt_count;
}
