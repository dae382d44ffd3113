/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which processes are the session's, as /proc and the kernel's records tell.
 */
#include "collectors/linux/platform_state.h"

#include "collectors/linux/inherited.h"
#include "collectors/linux/proc_tree.h"
#include "collectors/processes.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void platform_write_watched(struct watch *w, pid_t root)
{
	AUTO_FREE struct proc_entry *found = must_alloc(PROC_TREE_MAX, sizeof *found);
	size_t count = proc_descendants(root, found, PROC_TREE_MAX);
	for (size_t i = 0; i < count; i++) {
		char path[64], exe[FILE_PATH_MAX];
		snprintf(path, sizeof path, "/proc/%d/exe", found[i].pid);
		ssize_t size = readlink(path, exe, sizeof exe - 1);
		struct json *j = evidence_begin(w->evidence, "process", clock_now().wall_ns);
		json_add_i64(j, "pid", found[i].pid);
		json_add_i64(j, "ppid", found[i].parent);
		json_add_string(j, "comm", found[i].comm);
		if (size > 0)
			json_add_slice(j, "exe", slice_of(exe, (size_t)size));
		json_add_bool(j, "cgroup", false);
		json_add_bool(j, "tree", true);
		evidence_end(w->evidence);
		processes_add(w->processes, (uint32_t)found[i].pid);
	}
}

/* What began of the programs that are named before the witnesses were on. */
static void write_begun(struct session *s)
{
	const pid_t *found;
	size_t count = later_begun(s->w.platform->later, &found);
	for (size_t i = 0; i < count; i++)
		if (!processes_has(s->w.processes, (uint32_t)found[i]))
			platform_write_watched(&s->w, found[i]);
}

void platform_write_before(struct session *s)
{
	platform_write_posture(s);
	if (s->w.platform->heads)
		head_tell_start(s->w.platform->heads, &s->w);
	if (s->w.command)
		inherited_write(&s->w);
	if (s->w.options->pid)
		platform_write_watched(&s->w, s->w.options->pid);
	for (size_t i = 0; i < s->w.options->also_count; i++)
		platform_write_watched(&s->w, s->w.options->also[i]);
	write_begun(s);
}

static bool is_helper(const struct session *s, pid_t pid)
{
	for (size_t i = 0; i < s->w.platform->helper_count; i++)
		if (s->w.platform->helpers[i] == pid)
			return true;
	return false;
}

/* Children of this process that are neither the command nor helpers: what the
 * session left behind, as far as it shows without the kernel's records. */
static size_t orphans(const struct session *s, uint32_t ret[], size_t max)
{
	char path[64];
	AUTO_TEXT struct text text = text_make(1 << 20);
	snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
	if (file_read(AT_FDCWD, path, 1 << 20, &text, NULL))
		return 0;
	struct cursor c = cursor_over(text_slice(&text));
	struct slice word;
	size_t count = 0;
	while (count < max && cursor_word(&c, 20, &word)) {
		uint64_t pid;
		if (slice_u64(word, INT32_MAX, &pid) && (pid_t)pid != s->w.command && !is_helper(s, (pid_t)pid))
			ret[count++] = (uint32_t)pid;
	}
	return count;
}

void platform_note_helpers(struct session *s)
{
	uint32_t found[PLATFORM_HELPERS_MAX];
	size_t count = orphans(s, found, PLATFORM_HELPERS_MAX);
	for (size_t i = 0; i < count; i++)
		s->w.platform->helpers[i] = (pid_t)found[i];
	s->w.platform->helper_count = count;
}

/* Processes of the session that still live, at most `max` of them. Orphans first: the
 * record of their birth may still wait in the kernel's ring. */
size_t platform_living(const struct session *s, uint32_t ret[], size_t max)
{
	size_t count = orphans(s, ret, max), first = count, at = 0;
	struct proc_entry entry;
	for (uint32_t pid = processes_next(s->w.processes, &at); pid && count < max;
	     pid = processes_next(s->w.processes, &at)) {
		/* where the whole machine is watched we are among what is */
		bool told = is_helper(s, (pid_t)pid);
		for (size_t i = 0; i < first; i++)
			told = told || ret[i] == pid;
		if (!told && proc_read((pid_t)pid, &entry))
			ret[count++] = pid;
	}
	return count;
}

bool platform_name(uint32_t pid, char ret[static PLATFORM_NAME_MAX])
{
	struct proc_entry entry;
	if (!proc_read((pid_t)pid, &entry))
		return false;
	snprintf(ret, PLATFORM_NAME_MAX, "%s", entry.comm);
	return true;
}
