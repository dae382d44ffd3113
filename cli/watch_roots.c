/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_roots.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>

enum { FOUND_MAX = 32768, STAT_MAX = 4096, NAMED_TEXT_MAX = 64 << 10 };

_Static_assert((int)NAMED_MAX == (int)POLICY_AUDIT_VALUES, "as many as a policy can name");

/* One process that is meant. */
struct meant {
	pid_t pid, parent;
};

struct search {
	const struct named *named;
	int proc;
	struct meant *found; /* owned */
	size_t count;
};

bool watch_roots_named(const struct policy_audit *a)
{
	return a->counts[POLICY_AUDIT_EXE] + a->counts[POLICY_AUDIT_UNIT] + a->counts[POLICY_AUDIT_USER] + a->counts[POLICY_AUDIT_CGROUP] > 0;
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

static enum status look(struct search *s, const char *name, struct error *err)
{
	uint64_t pid;
	struct meant m;
	AUTO_FD int folder = -1;
	if (!slice_u64(slice_of_string(name), INT32_MAX, &pid) || pid == (uint64_t)getpid())
		return OK;
	folder = openat(s->proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	m.pid = (pid_t)pid;
	if (folder < 0 || !named_by(s->named, folder) || !read_parent(folder, &m.parent))
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

static void take_list(const struct policy_audit *a, enum policy_audit_list which, const char *ret[static NAMED_MAX], size_t *ret_count)
{
	*ret_count = a->counts[which];
	for (size_t i = 0; i < *ret_count; i++)
		ret[i] = a->lists[which][i];
}

static enum status read_named(const struct policy_audit *a, struct named *ret, struct error *err)
{
	enum status status = OK;
	take_list(a, POLICY_AUDIT_EXE, ret->exes, &ret->exe_count);
	named_resolve(ret);
	take_list(a, POLICY_AUDIT_UNIT, ret->units, &ret->unit_count);
	take_list(a, POLICY_AUDIT_CGROUP, ret->groups, &ret->group_count);
	for (; ret->user_count < a->counts[POLICY_AUDIT_USER] && !status; ret->user_count++)
		status = read_user(a->lists[POLICY_AUDIT_USER][ret->user_count], &ret->users[ret->user_count], err);
	return status;
}

enum status watch_roots_find(const struct policy_audit *a, const char *proc, struct watch_roots *ret, struct error *err)
{
	struct search s = {.named = &ret->named, .proc = -1};
	struct dirent *entry;
	*ret = (struct watch_roots){.count = 0};
	enum status status = read_named(a, &ret->named, err);
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

enum status watch_roots_check(const struct watch_roots *r, const struct policy_audit *a, struct error *err)
{
	static const struct {
		enum policy_audit_list list;
		const char *name;
	} ways[] = {{POLICY_AUDIT_EXE, "exe"}, {POLICY_AUDIT_UNIT, "unit"}, {POLICY_AUDIT_USER, "user"}, {POLICY_AUDIT_CGROUP, "cgroup"}};
	AUTO_TEXT struct text named = text_make(NAMED_TEXT_MAX);
	if (r->count > 0)
		return OK;
	for (size_t w = 0; w < LENGTH(ways); w++)
		for (size_t i = 0; i < a->counts[ways[w].list]; i++) {
			text_addf(&named, "%s%s ", named.size ? ", " : "", ways[w].name);
			text_add_printable(&named, slice_of_string(a->lists[ways[w].list][i]), FILE_PATH_MAX);
		}
	return fail(err, ERR_UNAVAILABLE, "nothing runs of what is to be watched (%s): start it, or watch the whole machine", text_string(&named));
}

void watch_roots_free(struct watch_roots *r)
{
	named_clear(&r->named);
	r->count = 0;
}
