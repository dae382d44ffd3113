/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/socket_owner.h"

#include "core/auto.h"
#include "core/cursor.h"
#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static void add(struct socket_owners *o, uint64_t inode, uint32_t pid)
{
	if (o->count == SOCKET_OWNER_MAX) {
		o->cut++;
		return;
	}
	if ((o->count & (o->count - 1)) == 0) /* full at each power of two */
		o->at = must_realloc(o->at, o->count ? 2 * o->count : 1, sizeof *o->at);
	o->at[o->count++] = (struct socket_owner){inode, pid};
}

/* "socket:[4026531840]" */
static bool parse_link(struct slice text, uint64_t *ret)
{
	struct slice number = slice_part(text, sizeof "socket:[" - 1, text.size);
	return slice_starts(text, "socket:[") && slice_ends(text, "]") &&
	       slice_u64(slice_part(number, 0, number.size - 1), INT64_MAX, ret);
}

static bool read_process(struct socket_owners *o, uint32_t pid)
{
	char path[64], link[64];
	snprintf(path, sizeof path, "/proc/%u/fd", pid);
	AUTO_DIR DIR *dir = opendir(path);
	struct dirent *entry;
	if (!dir)
		return errno == ENOENT; /* ended meanwhile */
	while ((entry = readdir(dir)) != NULL) {
		uint64_t inode;
		ssize_t size = readlinkat(dirfd(dir), entry->d_name, link, sizeof link);
		if (size > 0 && parse_link(slice_of(link, (size_t)size), &inode))
			add(o, inode, pid);
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct socket_owner *left = a, *right = b;
	if (left->inode != right->inode)
		return left->inode < right->inode ? -1 : 1;
	return left->pid < right->pid ? -1 : left->pid > right->pid;
}

void socket_owners_read(struct socket_owners *ret)
{
	AUTO_DIR DIR *proc = opendir("/proc");
	struct dirent *entry;
	*ret = (struct socket_owners){0};
	while (proc && (entry = readdir(proc)) != NULL) {
		uint64_t pid;
		if (!slice_u64(slice_of_string(entry->d_name), INT32_MAX, &pid))
			continue;
		ret->processes++;
		if (!read_process(ret, (uint32_t)pid))
			ret->hidden++;
	}
	if (ret->count)
		qsort(ret->at, ret->count, sizeof *ret->at, compare);
}

void socket_owners_free(struct socket_owners *o)
{
	free(o->at);
	*o = (struct socket_owners){0};
}

uint32_t socket_owners_find(const struct socket_owners *o, uint64_t inode, size_t *ret_holders)
{
	size_t low = 0, high = o->count;
	uint32_t first = 0, last = 0;
	*ret_holders = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (o->at[middle].inode < inode)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < o->count && o->at[low].inode == inode; low++) {
		if (o->at[low].pid == last)
			continue; /* the same one by another descriptor */
		last = o->at[low].pid;
		first = first ? first : last;
		++*ret_holders;
	}
	return first;
}
