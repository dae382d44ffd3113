/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/cgroup.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	PROC_FILE_MAX = 1 << 20,
	OLD_S = 3600, /* an empty group of that age is forgotten, not about to be used */
};

#define PREFIX "airgap-verify-"

/* The cgroup namespace of the machine itself; inside another one the kernel's
 * depth of a group cannot be told from its path. */
#define INITIAL_CGROUP_NAMESPACE 0xEFFFFFFBu

/* proc(5), mountinfo: "36 35 98:0 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw". */
static bool find_mount(struct slice mountinfo, char *ret, size_t capacity)
{
	struct cursor lines = cursor_over(mountinfo);
	struct slice line, word;
	while (cursor_line(&lines, &line, NULL)) {
		size_t dash = slice_search(line, SLICE(" - cgroup2 "));
		if (dash == line.size)
			continue;
		struct cursor words = cursor_over(line);
		for (int i = 0; i < 4; i++)
			if (!cursor_word(&words, FILE_PATH_MAX, &word))
				return false;
		if (cursor_word(&words, FILE_PATH_MAX, &word))
			return slice_to_string(word, ret, capacity);
	}
	return false;
}

/* cgroups(7): the line "0::/path" of /proc/self/cgroup. */
static bool find_own(struct slice text, char *ret, size_t capacity)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		if (slice_starts(line, "0::/"))
			return slice_to_string(slice_part(line, 3, line.size), ret, capacity);
	return false;
}

static enum status read_proc(const char *path, struct text *ret, struct error *err)
{
	return file_read(AT_FDCWD, path, PROC_FILE_MAX, ret, err);
}

enum status cgroup_open_root(struct cgroup *ret, struct error *err)
{
	char mount[1024];
	AUTO_TEXT struct text mountinfo = text_make(PROC_FILE_MAX);
	*ret = (struct cgroup){.root = -1, .folder = -1};
	enum status status = read_proc("/proc/self/mountinfo", &mountinfo, err);
	if (status)
		return status;
	if (!find_mount(text_slice(&mountinfo), mount, sizeof mount))
		return fail(err, ERR_UNAVAILABLE, "no cgroup v2 hierarchy is mounted");
	status = file_open_folder(AT_FDCWD, mount, &ret->root, err);
	if (status && status != ERR_PERMISSION)
		return fail(err, ERR_UNAVAILABLE, "no cgroup v2 hierarchy is to be seen at %s, where it is mounted", mount);
	if (!status)
		snprintf(ret->parent, sizeof ret->parent, "%s", mount);
	return status;
}

static unsigned depth_of(const char *path)
{
	unsigned depth = 0;
	for (struct cursor c = cursor_over(slice_of_string(path)); cursor_left(&c) > 0;)
		if (cursor_u8(&c) == '/' && cursor_left(&c) > 0)
			depth++;
	return depth;
}

/* Groups of sessions that were killed together with their keeper. One that somebody
 * lives in cannot be removed, a young one may be about to be used. */
static void sweep(int parent)
{
	AUTO_DIR DIR *dir = fdopendir(dup(parent));
	time_t now = time(NULL);
	struct dirent *entry;
	struct stat st;
	while (dir && (entry = readdir(dir)) != NULL)
		if (slice_starts(slice_of_string(entry->d_name), PREFIX) &&
		    fstatat(parent, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    now - st.st_mtime > OLD_S)
			unlinkat(parent, entry->d_name, AT_REMOVEDIR);
}

static const char *make_group(struct cgroup *g, const char *own)
{
	size_t used = strlen(g->parent);
	snprintf(g->parent + used, sizeof g->parent - used, "%s", strcmp(own, "/") ? own : "");
	AUTO_FD int parent = open(g->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (parent >= 0)
		sweep(parent);
	if (parent < 0 || mkdirat(parent, g->name, 0755) != 0)
		return "no right to make a control group";
	g->folder = openat(parent, g->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st, namespace;
	if (g->folder < 0 || fstat(g->folder, &st) != 0)
		return "the new control group cannot be opened";
	if (stat("/proc/self/ns/cgroup", &namespace) != 0 ||
	    namespace.st_ino != INITIAL_CGROUP_NAMESPACE)
		return "in a cgroup namespace a group's depth is unknown: only descent is followed";
	/* kernfs: the id of a group is the inode number of its folder */
	g->id = st.st_ino;
	g->level = depth_of(own) + 1;
	return NULL;
}

enum status cgroup_open(const char *session_id, struct cgroup *ret, const char **ret_problem,
			struct error *err)
{
	char own[2048];
	AUTO_TEXT struct text text = text_make(PROC_FILE_MAX);
	enum status status = cgroup_open_root(ret, err);
	if (!status)
		status = read_proc("/proc/self/cgroup", &text, err);
	if (status)
		return status;
	snprintf(ret->name, sizeof ret->name, PREFIX "%.8s", session_id);
	*ret_problem = find_own(text_slice(&text), own, sizeof own)
			       ? make_group(ret, own)
			       : "this process is in no cgroup v2 group";
	return OK;
}

static enum status write_pid(int folder, pid_t pid, struct error *err)
{
	char number[32];
	int size = snprintf(number, sizeof number, "%d\n", pid);
	AUTO_FD int fd = openat(folder, "cgroup.procs", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, number, (size_t)size) != size)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot put a process into its cgroup");
	return OK;
}

enum status cgroup_put(const struct cgroup *g, pid_t pid, struct error *err)
{
	return write_pid(g->folder, pid, err);
}

static void move_out(const struct cgroup *g, int parent)
{
	AUTO_TEXT struct text text = text_make(PROC_FILE_MAX);
	if (file_read(g->folder, "cgroup.procs", PROC_FILE_MAX, &text, NULL))
		return;
	struct cursor lines = cursor_over(text_slice(&text));
	struct slice line;
	uint64_t pid;
	while (cursor_line(&lines, &line, NULL))
		if (slice_u64(line, INT32_MAX, &pid))
			write_pid(parent, (pid_t)pid, NULL); /* it may be gone by now */
}

static void remove_group(const struct cgroup *g)
{
	AUTO_FD int parent = open(g->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* processes may fork while they are moved: a few turns are enough or nothing is */
	for (int turn = 0; turn < 20; turn++) {
		if (unlinkat(parent, g->name, AT_REMOVEDIR) == 0 || errno == ENOENT)
			return;
		move_out(g, parent);
		usleep(5000);
	}
}

pid_t cgroup_keeper(const struct cgroup *g, int *ret_hold)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	pid_t pid = fork();
	if (pid != 0) {
		close(ends[0]);
		*ret_hold = ends[1];
		return pid;
	}
	close(ends[1]);
	prctl(PR_SET_NAME, "airgap-keeper");
	setsid(); /* no terminal's signal reaches it */
	char byte;
	while (read(ends[0], &byte, 1) < 0 && errno == EINTR)
		;
	remove_group(g);
	_exit(0);
}

void cgroup_close(struct cgroup *g)
{
	auto_close(&g->root);
	auto_close(&g->folder);
	g->root = g->folder = -1;
}
