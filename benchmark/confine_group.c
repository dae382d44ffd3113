/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/confine_group.h"

#include "core/auto.h"
#include "core/cursor.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	CONTROL_MAX = 1 << 16, /* bytes of a control file, and of /proc/self/cgroup */
	OURS = 4,              /* processes of the sandbox itself: bubblewrap twice, and we */
	PID_DIGITS_MAX = 10,
};

static const char prefix[] = "airgap-bench-";

/* What stands in a file of a group; false where it cannot be read. */
static bool get(const char *folder, const char *name, struct text *ret)
{
	char path[GROUP_PATH_MAX + 64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return file_read(AT_FDCWD, path, CONTROL_MAX, ret, NULL) == OK;
}

static bool put(const char *folder, const char *name, const char *value)
{
	char path[GROUP_PATH_MAX + 64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	AUTO_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
	size_t size = strlen(value);
	return fd >= 0 && write(fd, value, size) == (ssize_t)size;
}

static bool put_u64(const char *folder, const char *name, uint64_t value)
{
	char text[32];
	snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	return put(folder, name, text);
}

/* The number behind `key` in a file of lines "key number"; all of it where `key` is "". */
static uint64_t number_of(const char *folder, const char *name, const char *key)
{
	AUTO_TEXT struct text text = text_make(CONTROL_MAX);
	struct slice line, word;
	uint64_t value = 0;
	if (!get(folder, name, &text))
		return 0;
	struct cursor lines = cursor_over(text_slice(&text));
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (*key && (!cursor_word(&c, 64, &word) || !slice_is(word, key)))
			continue;
		return cursor_word(&c, 32, &word) && slice_u64(word, UINT64_MAX, &value) ? value : 0;
	}
	return 0;
}

static bool has_word(struct slice list, unsigned char delimiter, const char *wanted)
{
	struct slice word;
	struct cursor c = cursor_over(list);
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, delimiter, cursor_left(&c), &word))
			word = cursor_take(&c, cursor_left(&c));
		if (slice_is(slice_trim(word), wanted))
			return true;
	}
	return false;
}

/* Our own group, of lines "number:controllers:path"; of version 2 for the controller "". */
static bool own_group(struct slice text, const char *controller, char ret[static GROUP_PATH_MAX])
{
	struct cursor lines = cursor_over(text);
	struct slice line, number, controllers;
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (!cursor_until(&c, ':', 16, &number) || !cursor_until(&c, ':', 256, &controllers))
			continue;
		bool is_it = *controller ? has_word(controllers, ',', controller)
					 : controllers.size == 0 && slice_is(number, "0");
		if (is_it)
			return slice_to_string(cursor_rest(&c), ret, GROUP_PATH_MAX);
	}
	return false;
}

static void name_group(const char *folder, pid_t pid, unsigned number, char ret[static GROUP_PATH_MAX])
{
	int size = snprintf(ret, GROUP_PATH_MAX, "%s/%s%d-%u", folder, prefix, (int)pid, number);
	if (size < 0 || size >= GROUP_PATH_MAX)
		ret[0] = 0; /* and cannot be made */
}

/* Groups of a process that is not there any more. */
static void sweep(const char *folder)
{
	AUTO_DIR DIR *dir = opendir(folder);
	const struct dirent *entry;
	while (dir && (entry = readdir(dir))) {
		struct slice name = slice_of_string(entry->d_name), digits;
		uint64_t pid;
		struct cursor c = cursor_over(slice_part(name, sizeof prefix - 1, name.size));
		if (slice_starts(name, prefix) && cursor_until(&c, '-', PID_DIGITS_MAX, &digits) &&
		    slice_u64(digits, INT32_MAX, &pid) && kill((pid_t)pid, 0) != 0 && errno == ESRCH)
			unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
	}
}

/* Would a group here take both bounds? */
static bool try_base(const struct group_base *base)
{
	struct group g;
	struct error err = {0};
	if (group_make(base, 0, &g, &err))
		return false;
	bool works = group_begin(&g, UINT64_C(1) << 30, &err) == OK;
	group_remove(&g);
	return works;
}

static bool find_v1(struct slice own, struct group_base *ret)
{
	char memory[GROUP_PATH_MAX], pids[GROUP_PATH_MAX];
	if (!own_group(own, "memory", memory) || !own_group(own, "pids", pids))
		return false;
	int a = snprintf(ret->memory, sizeof ret->memory, "/sys/fs/cgroup/memory%s", memory);
	int b = snprintf(ret->pids, sizeof ret->pids, "/sys/fs/cgroup/pids%s", pids);
	ret->kind = GROUP_V1;
	return a < GROUP_PATH_MAX && b < GROUP_PATH_MAX && try_base(ret);
}

static bool hands_down(const char *folder)
{
	AUTO_TEXT struct text text = text_make(CONTROL_MAX);
	if (!get(folder, "cgroup.subtree_control", &text))
		return false;
	struct cursor lines = cursor_over(text_slice(&text));
	struct slice words;
	return cursor_line(&lines, &words, NULL) && has_word(words, ' ', "memory") && has_word(words, ' ', "pids");
}

static bool find_v2(struct slice own, struct group_base *ret)
{
	static const char root[] = "/sys/fs/cgroup";
	char path[GROUP_PATH_MAX];
	if (!own_group(own, "", path))
		return false;
	int size = snprintf(ret->memory, sizeof ret->memory, "%s%s", root, path);
	ret->kind = GROUP_V2;
	while (size > 0 && size < GROUP_PATH_MAX && strlen(ret->memory) >= sizeof root) {
		*strrchr(ret->memory, '/') = 0;
		memcpy(ret->pids, ret->memory, sizeof ret->pids);
		if (hands_down(ret->memory) && try_base(ret))
			return true;
	}
	return false;
}

void group_find(struct group_base *ret)
{
	AUTO_TEXT struct text own = text_make(CONTROL_MAX);
	memset(ret, 0, sizeof *ret);
	if (file_read(AT_FDCWD, "/proc/self/cgroup", CONTROL_MAX, &own, NULL))
		return;
	if (!find_v1(text_slice(&own), ret) && !find_v2(text_slice(&own), ret)) {
		ret->kind = GROUP_NONE;
		return;
	}
	sweep(ret->memory);
	if (ret->kind == GROUP_V1)
		sweep(ret->pids);
}

static bool open_folder(struct group *g)
{
	auto_close(&g->folder);
	g->folder = open(g->memory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return g->folder >= 0;
}

enum status group_make(const struct group_base *base, unsigned number, struct group *ret, struct error *err)
{
	*ret = (struct group){.kind = base->kind, .folder = -1, .peak = -1};
	if (base->kind == GROUP_NONE)
		return OK;
	name_group(base->memory, getpid(), number, ret->memory);
	name_group(base->pids, getpid(), number, ret->pids);
	if (mkdir(ret->memory, 0700) != 0 && errno != EEXIST)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a control group in %s", base->memory);
	if (base->kind == GROUP_V1 && mkdir(ret->pids, 0700) != 0 && errno != EEXIST) {
		rmdir(ret->memory);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a control group in %s", base->pids);
	}
	if (base->kind == GROUP_V2 && !open_folder(ret))
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot open the control group %s", ret->memory);
	return OK;
}

void group_remove(struct group *g)
{
	auto_close(&g->folder);
	auto_close(&g->peak);
	g->folder = g->peak = -1;
	if (g->kind != GROUP_NONE)
		rmdir(g->memory);
	if (g->kind == GROUP_V1)
		rmdir(g->pids);
	g->kind = GROUP_NONE;
}

enum status group_join(const struct group *g, struct error *err)
{
	uint64_t self = (uint64_t)syscall(SYS_gettid);
	if (g->kind == GROUP_V1 && (!put_u64(g->memory, "tasks", self) || !put_u64(g->pids, "tasks", self)))
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot enter the control group %s", g->memory);
	return OK;
}

static bool set_limits(struct group *g, uint64_t memory_max)
{
	if (g->memory_max == memory_max)
		return true;
	bool first = g->memory_max == 0;
	g->memory_max = memory_max;
	if (g->kind == GROUP_V1) {
		/* never above the one of memory and swap together, where that is counted */
		put_u64(g->memory, "memory.memsw.limit_in_bytes", UINT64_C(1) << 62);
		bool set = put_u64(g->memory, "memory.limit_in_bytes", memory_max);
		put_u64(g->memory, "memory.memsw.limit_in_bytes", memory_max);
		return set && (!first || put_u64(g->pids, "pids.max", GROUP_PROCESSES_MAX + OURS));
	}
	put(g->memory, "memory.swap.max", "0");
	put(g->memory, "memory.oom.group", "1");
	return put_u64(g->memory, "memory.max", memory_max) &&
	       (!first || put_u64(g->memory, "pids.max", GROUP_PROCESSES_MAX + OURS));
}

static bool open_peak(struct group *g, int flags)
{
	char path[GROUP_PATH_MAX + 64];
	auto_close(&g->peak);
	snprintf(path, sizeof path, "%s/memory.peak", g->memory);
	g->peak = open(path, flags | O_CLOEXEC);
	return g->peak >= 0;
}

/* A new one of the same name, whose bounds are not set yet; false where the old one had to
 * stay, because something is still in it. */
static bool renew(struct group *g)
{
	g->memory_max = 0;
	return rmdir(g->memory) == 0 && mkdir(g->memory, 0700) == 0 && open_folder(g);
}

/* Since Linux 6.12 the peak can be counted anew, for the descriptor that asked; before, that
 * of a group is of all that was ever in it, so that each run gets one of its own. */
static void begin_peak(struct group *g)
{
	if (open_peak(g, O_RDWR) && write(g->peak, "0", 1) == 1)
		return;
	if (renew(g) && open_peak(g, O_RDONLY))
		return;
	auto_close(&g->peak);
	g->peak = -1;
}

static uint64_t read_peak(const struct group *g)
{
	char text[32];
	uint64_t value;
	ssize_t got = g->peak < 0 ? 0 : pread(g->peak, text, sizeof text, 0);
	return got > 1 && slice_u64(slice_of(text, (size_t)got - 1), UINT64_MAX, &value) ? value : 0;
}

static uint64_t kills_of(const struct group *g)
{
	return number_of(g->memory, g->kind == GROUP_V1 ? "memory.oom_control" : "memory.events", "oom_kill");
}

enum status group_begin(struct group *g, uint64_t memory_max, struct error *err)
{
	if (g->kind == GROUP_NONE)
		return OK;
	if (g->kind == GROUP_V1)
		put(g->memory, "memory.max_usage_in_bytes", "0");
	else
		begin_peak(g);
	if (!set_limits(g, memory_max))
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot set the bounds of %s", g->memory);
	g->kills = kills_of(g);
	return OK;
}

void group_end(struct group *g, struct group_use *ret)
{
	*ret = (struct group_use){0};
	if (g->kind == GROUP_NONE)
		return;
	ret->memory_ended = kills_of(g) > g->kills;
	ret->memory_bytes = g->kind == GROUP_V1 ? number_of(g->memory, "memory.max_usage_in_bytes", "")
						: read_peak(g);
}
