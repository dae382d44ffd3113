/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/proc_tree.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

enum { STAT_MAX = 4096 };

/* proc(5): "PID (COMM) STATE PPID …"; COMM may hold anything, brackets too, so the
 * last closing one counts. */
static bool parse_stat(struct slice text, struct proc_entry *ret)
{
	size_t open = slice_find(text, '('), close = text.size;
	while (close > open && text.at[close - 1] != ')')
		close--;
	if (close <= open + 1)
		return false;
	struct slice comm = slice_part(text, open + 1, close - open - 2);
	if (!slice_to_string(comm, ret->comm, sizeof ret->comm))
		ret->comm[0] = 0;
	struct cursor c = cursor_over(slice_part(text, close, text.size));
	struct slice state, parent;
	uint64_t number;
	if (!cursor_word(&c, 8, &state) || !cursor_word(&c, 20, &parent) ||
	    !slice_u64(parent, INT32_MAX, &number))
		return false;
	ret->parent = (pid_t)number;
	return !slice_is(state, "Z") && !slice_is(state, "X");
}

bool proc_read(pid_t pid, struct proc_entry *ret)
{
	char path[64];
	AUTO_TEXT struct text text = text_make(STAT_MAX);
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	ret->pid = pid;
	return !file_read(AT_FDCWD, path, STAT_MAX, &text, NULL) &&
	       parse_stat(text_slice(&text), ret);
}

static size_t read_all(struct proc_entry ret[], size_t max)
{
	AUTO_DIR DIR *proc = opendir("/proc");
	size_t count = 0;
	struct dirent *entry;
	while (proc && count < max && (entry = readdir(proc)) != NULL) {
		uint64_t pid;
		if (slice_u64(slice_of_string(entry->d_name), INT32_MAX, &pid) &&
		    proc_read((pid_t)pid, &ret[count]))
			count++;
	}
	return count;
}

static bool is_among(pid_t pid, const struct proc_entry among[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (among[i].pid == pid)
			return true;
	return false;
}

size_t proc_descendants(pid_t root, struct proc_entry ret[], size_t max)
{
	size_t count = 0, before;
	if (max == 0 || !proc_read(root, &ret[0]))
		return 0;
	count = 1;
	AUTO_FREE struct proc_entry *all = must_alloc(PROC_TREE_MAX, sizeof *all);
	size_t all_count = read_all(all, PROC_TREE_MAX);
	do { /* a child may stand before its parent in /proc */
		before = count;
		for (size_t i = 0; i < all_count && count < max; i++)
			if (is_among(all[i].parent, ret, count) && !is_among(all[i].pid, ret, count))
				ret[count++] = all[i];
	} while (count > before);
	return count;
}
