/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/later_group.h"

#include "collectors/linux/cgroup.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
	GROUPS_MAX = 32768,
	DEPTH_MAX = 32,
	PROC_FILE_MAX = 64 << 10,
	HEAD = 3, /* "0::" */
};

struct group {
	uint64_t number;
	const char *by;
};

struct later_groups {
	const struct named *named;
	struct group *groups; /* owned; of the last walk */
	size_t count;
	char path[FILE_PATH_MAX]; /* of the walk; as a line of /proc/PID/cgroup */
};

/* Takes `folder` over. One that is removed meanwhile is passed over. */
static void walk(struct later_groups *g, int folder, size_t used, unsigned depth)
{
	AUTO_FD int own = folder;
	struct stat st;
	if (own < 0 || g->count == GROUPS_MAX || fstat(own, &st) != 0)
		return;
	const struct slice line = used > HEAD ? slice_of(g->path, used) : SLICE("0::/");
	/* kernfs: the number of a group is the inode of its folder */
	g->groups[g->count++] = (struct group){st.st_ino, named_group(g->named, line)};
	AUTO_DIR DIR *dir = depth < DEPTH_MAX ? fdopendir(dup(own)) : NULL;
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL) {
		int size = snprintf(g->path + used, sizeof g->path - used, "/%s", entry->d_name);
		if (entry->d_type == DT_DIR && entry->d_name[0] != '.' && used + (size_t)size < sizeof g->path)
			walk(g, openat(own, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), used + (size_t)size, depth + 1);
	}
}

static void learn(struct later_groups *g)
{
	struct cgroup root;
	g->count = 0;
	snprintf(g->path, sizeof g->path, "0::");
	if (!cgroup_open_root(&root, NULL))
		walk(g, fcntl(root.root, F_DUPFD_CLOEXEC, 0), HEAD, 0);
	cgroup_close(&root);
}

struct later_groups *later_groups_new(const struct named *n)
{
	if (n->unit_count + n->group_count == 0)
		return NULL;
	struct later_groups *g = must_alloc(1, sizeof *g);
	g->named = n;
	g->groups = must_alloc(GROUPS_MAX, sizeof *g->groups);
	learn(g);
	return g;
}

void later_groups_free(struct later_groups *g)
{
	if (!g)
		return;
	free(g->groups);
	free(g);
}

static bool look_up(const struct later_groups *g, uint64_t number, const char **ret)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->groups[i].number == number) {
			*ret = g->groups[i].by;
			return true;
		}
	return false;
}

bool later_groups_find(struct later_groups *g, uint32_t pid, uint64_t number, const char **ret)
{
	char path[64];
	*ret = NULL;
	if (!g || look_up(g, number, ret))
		return true;
	learn(g);
	if (look_up(g, number, ret))
		return true;
	AUTO_TEXT struct text text = text_make(PROC_FILE_MAX);
	snprintf(path, sizeof path, "/proc/%u/cgroup", (unsigned)pid);
	if (file_read(AT_FDCWD, path, PROC_FILE_MAX, &text, NULL))
		return false;
	*ret = named_group(g->named, text_slice(&text));
	return true;
}
