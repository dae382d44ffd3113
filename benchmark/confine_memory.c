/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc(5): /proc/PID/statm has the pages of a process (size, resident, shared, …),
 * /proc/PID/task/TID/children the processes that its thread TID started. Orphans become
 * children of the first process of their namespace, so none is missed for long.
 */
#include "benchmark/confine_memory.h"

#include "core/auto.h"
#include "core/cursor.h"
#include "core/file.h"
#include "core/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum {
	PROCESSES_MAX = 512,
	STATM_MAX = 256,
	CHILDREN_MAX = 1 << 13,
};

static uint64_t own_bytes(pid_t pid)
{
	char path[64];
	AUTO_TEXT struct text text = text_make(STATM_MAX);
	struct slice word;
	uint64_t field[3] = {0};
	snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
	if (file_read(AT_FDCWD, path, STATM_MAX, &text, NULL))
		return 0;
	struct cursor c = cursor_over(text_slice(&text));
	for (size_t i = 0; i < LENGTH(field); i++)
		if (!cursor_word(&c, 20, &word) || !slice_u64(word, UINT64_MAX, &field[i]))
			return 0;
	uint64_t pages = field[1] > field[2] ? field[1] - field[2] : 0;
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void add_children(const char *path, pid_t list[], size_t *count)
{
	AUTO_TEXT struct text text = text_make(CHILDREN_MAX);
	struct slice word;
	uint64_t pid;
	if (file_read(AT_FDCWD, path, CHILDREN_MAX, &text, NULL))
		return;
	struct cursor c = cursor_over(text_slice(&text));
	while (*count < PROCESSES_MAX && cursor_word(&c, 20, &word))
		if (slice_u64(word, INT32_MAX, &pid))
			list[(*count)++] = (pid_t)pid;
}

uint64_t memory_held(pid_t first)
{
	pid_t list[PROCESSES_MAX] = {first};
	size_t count = 1;
	uint64_t bytes = 0;
	for (size_t i = 0; i < count; i++) {
		char path[320];
		const struct dirent *thread;
		snprintf(path, sizeof path, "/proc/%d/task", (int)list[i]);
		bytes += own_bytes(list[i]);
		AUTO_DIR DIR *threads = opendir(path);
		while (threads && (thread = readdir(threads))) {
			snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)list[i], thread->d_name);
			if (thread->d_name[0] != '.')
				add_children(path, list, &count);
		}
	}
	return bytes;
}
