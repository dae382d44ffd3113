/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc(5), cgroups(7): "0::/system.slice/ollama.service" is the line of version 2.
 */
#include "cli/watch_roots.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOUND_MAX = 32768, STAT_MAX = 4096, GROUP_MAX = 64 << 10 };

/* One process that is meant. */
struct meant {
	pid_t pid, parent;
};

struct search {
	const struct policy_audit *audit;
	int proc;
	uid_t users[POLICY_AUDIT_VALUES];
	struct meant *found; /* owned */
	size_t count;
};

bool watch_roots_named(const struct policy_audit *a)
{
	return a->counts[POLICY_AUDIT_EXE] + a->counts[POLICY_AUDIT_UNIT] + a->counts[POLICY_AUDIT_USER] + a->counts[POLICY_AUDIT_CGROUP] > 0;
}

/* The path on the line of version 2. */
static struct slice group_of(struct slice text)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		if (slice_starts(line, "0::/"))
			return slice_part(line, 3, line.size);
	return slice_of(NULL, 0);
}

bool watch_roots_in_group(struct slice text, const char *group)
{
	struct slice path = group_of(text), wanted = slice_of_string(group);
	while (wanted.size > 1 && wanted.at[wanted.size - 1] == '/')
		wanted.size--;
	if (path.size < wanted.size || !slice_equal(slice_part(path, 0, wanted.size), wanted))
		return false;
	return path.size == wanted.size || wanted.size == 1 || path.at[wanted.size] == '/';
}

bool watch_roots_in_unit(struct slice text, const char *unit)
{
	struct slice path = group_of(text), part;
	struct cursor parts = cursor_over(path);
	while (cursor_until(&parts, '/', path.size, &part))
		if (slice_is(part, unit))
			return true;
	return cursor_left(&parts) > 0 && slice_is(cursor_rest(&parts), unit);
}

static enum status read_user(const char *name, uid_t *ret, struct error *err)
{
	uint64_t number;
	const struct passwd *entry = slice_u64(slice_of_string(name), UINT32_MAX - 1, &number) ? NULL : getpwnam(name);
	if (entry)
		number = entry->pw_uid;
	else if (!slice_u64(slice_of_string(name), UINT32_MAX - 1, &number))
		return fail(err, ERR_NO_INPUT, "no user is called %s", name);
	*ret = (uid_t)number;
	return OK;
}

/* "PID (NAME) STATE PARENT …"; anything may stand in the name. False for one that is gone. */
static bool read_parent(int folder, pid_t *ret)
{
	AUTO_TEXT struct text text = text_make(STAT_MAX);
	struct slice word, all;
	uint64_t parent;
	if (file_read(folder, "stat", STAT_MAX, &text, NULL))
		return false;
	all = text_slice(&text);
	size_t close = all.size;
	while (close > 0 && all.at[close - 1] != ')')
		close--;
	struct cursor c = cursor_over(slice_part(all, close, all.size));
	if (!cursor_word(&c, 1, &word) || slice_is(word, "Z") || !cursor_word(&c, 20, &word) || !slice_u64(word, INT32_MAX, &parent))
		return false;
	*ret = (pid_t)parent;
	return true;
}

static bool is_exe(const struct search *s, int folder)
{
	char path[FILE_PATH_MAX];
	ssize_t size = s->audit->counts[POLICY_AUDIT_EXE] ? readlinkat(folder, "exe", path, sizeof path - 1) : 0;
	struct slice exe = slice_of(path, size > 0 ? (size_t)size : 0);
	if (slice_ends(exe, " (deleted)")) /* replaced, and still running */
		exe.size -= strlen(" (deleted)");
	for (size_t i = 0; i < s->audit->counts[POLICY_AUDIT_EXE]; i++)
		if (slice_is(exe, s->audit->lists[POLICY_AUDIT_EXE][i]))
			return true;
	return false;
}

static bool is_user(const struct search *s, int folder)
{
	struct stat st;
	if (fstat(folder, &st) != 0)
		return false;
	for (size_t i = 0; i < s->audit->counts[POLICY_AUDIT_USER]; i++)
		if (s->users[i] == st.st_uid)
			return true;
	return false;
}

static bool is_in_group(const struct search *s, int folder)
{
	const struct policy_audit *a = s->audit;
	AUTO_TEXT struct text text = text_make(GROUP_MAX);
	if (a->counts[POLICY_AUDIT_UNIT] + a->counts[POLICY_AUDIT_CGROUP] == 0 || file_read(folder, "cgroup", GROUP_MAX, &text, NULL))
		return false;
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_UNIT]; i++)
		if (watch_roots_in_unit(text_slice(&text), a->lists[POLICY_AUDIT_UNIT][i]))
			return true;
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_CGROUP]; i++)
		if (watch_roots_in_group(text_slice(&text), a->lists[POLICY_AUDIT_CGROUP][i]))
			return true;
	return false;
}

static enum status look(struct search *s, const char *name, struct error *err)
{
	uint64_t pid;
	struct meant m;
	AUTO_FD int folder = -1;
	if (!slice_u64(slice_of_string(name), INT32_MAX, &pid) || pid == (uint64_t)getpid())
		return OK;
	folder = openat(s->proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	m.pid = (pid_t)pid;
	if (folder < 0 || !(is_exe(s, folder) || is_user(s, folder) || is_in_group(s, folder)) || !read_parent(folder, &m.parent))
		return OK;
	if (s->count == FOUND_MAX)
		return fail(err, ERR_LIMIT, "more than %d processes are meant", FOUND_MAX);
	s->found[s->count++] = m;
	return OK;
}

static int by_pid(const void *a, const void *b)
{
	const struct meant *x = a, *y = b;
	return (x->pid > y->pid) - (x->pid < y->pid);
}

/* A child comes with its parent. */
static enum status keep_roots(const struct search *s, struct watch_roots *ret, struct error *err)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct meant parent = {.pid = s->found[i].parent};
		if (bsearch(&parent, s->found, s->count, sizeof parent, by_pid))
			continue;
		if (ret->count == WATCH_ROOTS_MAX)
			return fail(err, ERR_LIMIT, "more than %d programs are meant that do not descend from each other: watch the whole machine",
				    WATCH_ROOTS_MAX);
		ret->pids[ret->count++] = s->found[i].pid;
	}
	return OK;
}

enum status watch_roots_find(const struct policy_audit *a, const char *proc, struct watch_roots *ret, struct error *err)
{
	struct search s = {.audit = a, .proc = -1};
	struct dirent *entry;
	*ret = (struct watch_roots){.count = 0};
	enum status status = OK;
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_USER] && !status; i++)
		status = read_user(a->lists[POLICY_AUDIT_USER][i], &s.users[i], err);
	AUTO_DIR DIR *dir = status ? NULL : opendir(proc);
	if (!dir)
		return status ? status : fail_errno(err, ERR_UNAVAILABLE, errno, "%s", proc);
	s.proc = dirfd(dir);
	s.found = must_alloc(FOUND_MAX, sizeof *s.found);
	while (!status && (entry = readdir(dir)) != NULL)
		status = look(&s, entry->d_name, err);
	qsort(s.found, s.count, sizeof *s.found, by_pid);
	if (!status)
		status = keep_roots(&s, ret, err);
	free(s.found);
	return status;
}
