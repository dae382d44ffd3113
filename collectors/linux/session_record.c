/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a session says of itself in the evidence.
 */
#include "collectors/linux/session_state.h"

#include "collectors/linux/proc_tree.h"
#include "collectors/linux/processes.h"
#include "collectors/registry.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEFT_MAX = 64 /* processes that are named when the watch ends */ };

void session_write_witnesses(struct session *s, const struct error reasons[])
{
	for (size_t i = 0; collectors[i]; i++) {
		const struct collector *c = collectors[i];
		bool on = session_is_running(s, c->name);
		bool rights = reasons[i].status == ERR_PERMISSION;
		watch_witness(&s->w, c->name, NULL, on ? "on" : "missing",
			      on ? c->witnesses : reasons[i].text,
			      on ? "" : rights ? "run with sudo" : c->needs);
	}
}

enum status session_write_start(struct session *s, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_FD int fd = -1;
	enum status status = file_open(s->w.folder, "session.json", &fd, err);
	if (!status)
		status = hash_fd(fd, digest, NULL, err);
	if (status)
		return status;
	struct json *j = evidence_begin(s->w.evidence, "session", clock_now().wall_ns);
	json_add_hex(j, "sha256", digest, sizeof digest);
	json_add_bool(j, "cgroup", s->w.cgroup_id != 0);
	evidence_end(s->w.evidence);
	return OK;
}

void session_write_command(struct session *s, const char *state, const char *member, int64_t value)
{
	struct json *j = evidence_begin(s->w.evidence, "command", clock_now().wall_ns);
	json_add_string(j, "state", state);
	json_add_i64(j, member, value);
	evidence_end(s->w.evidence);
}

/* The processes of --pid that were there before us. */
void session_write_watched(struct session *s)
{
	AUTO_FREE struct proc_entry *found = must_alloc(PROC_TREE_MAX, sizeof *found);
	size_t count = proc_descendants(s->w.options->pid, found, PROC_TREE_MAX);
	for (size_t i = 0; i < count; i++) {
		char path[64], exe[FILE_PATH_MAX];
		snprintf(path, sizeof path, "/proc/%d/exe", found[i].pid);
		ssize_t size = readlink(path, exe, sizeof exe - 1);
		struct json *j = evidence_begin(s->w.evidence, "process", clock_now().wall_ns);
		json_add_i64(j, "pid", found[i].pid);
		json_add_i64(j, "ppid", found[i].parent);
		json_add_string(j, "comm", found[i].comm);
		if (size > 0)
			json_add_slice(j, "exe", slice_of(exe, (size_t)size));
		json_add_bool(j, "cgroup", false);
		json_add_bool(j, "tree", true);
		evidence_end(s->w.evidence);
		processes_add(s->w.processes, (uint32_t)found[i].pid);
	}
}

uint64_t session_lost(struct session *s, struct text *ret)
{
	uint64_t sum = 0;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	for (size_t i = 0; i < s->running_count; i++) {
		struct running *r = &s->running[i];
		if (r->state && r->collector->lost)
			r->lost = r->collector->lost(r->state);
		json_add_u64(&j, r->collector->name, r->lost);
		sum += r->lost;
	}
	json_end_object(&j);
	return sum;
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
		bool known = !slice_u64(word, INT32_MAX, &pid) || (pid_t)pid == s->w.command;
		for (size_t i = 0; i < s->helper_count; i++)
			known = known || s->helpers[i] == (pid_t)pid;
		if (!known)
			ret[count++] = (uint32_t)pid;
	}
	return count;
}

void session_note_helpers(struct session *s)
{
	uint32_t found[SESSION_HELPERS_MAX];
	size_t count = orphans(s, found, SESSION_HELPERS_MAX);
	for (size_t i = 0; i < count; i++)
		s->helpers[i] = (pid_t)found[i];
	s->helper_count = count;
}

/* Processes of the session that still live, at most `max` of them. Orphans first: the
 * record of their birth may still wait in the kernel's ring. */
size_t session_living(const struct session *s, uint32_t ret[], size_t max)
{
	size_t count = orphans(s, ret, max), first = count, at = 0;
	struct proc_entry entry;
	for (uint32_t pid = processes_next(s->w.processes, &at); pid && count < max;
	     pid = processes_next(s->w.processes, &at)) {
		bool told = false;
		for (size_t i = 0; i < first; i++)
			told = told || ret[i] == pid;
		if (!told && proc_read((pid_t)pid, &entry))
			ret[count++] = pid;
	}
	return count;
}

void session_write_failed(struct session *s, const char *problem)
{
	struct json *j = evidence_begin(s->w.evidence, "command", clock_now().wall_ns);
	json_add_string(j, "state", "not executed");
	json_add_string(j, "problem", problem);
	evidence_end(s->w.evidence);
}

void session_write_left(struct session *s)
{
	uint32_t left[LEFT_MAX];
	size_t count = session_living(s, left, LEFT_MAX);
	for (size_t i = 0; i < count; i++) {
		struct proc_entry entry;
		if (!proc_read((pid_t)left[i], &entry))
			continue;
		struct json *j = evidence_begin(s->w.evidence, "left", clock_now().wall_ns);
		json_add_u64(j, "pid", left[i]);
		json_add_string(j, "comm", entry.comm);
		evidence_end(s->w.evidence);
	}
}

void session_write_close(struct session *s)
{
	struct clock_pair now = clock_now();
	struct json *j = evidence_begin(s->w.evidence, "close", now.wall_ns);
	json_add_i64(j, "mono", now.mono_ns);
	json_add_i64(j, "until", s->until_ns);
	json_add_string(j, "reason", s->end);
	json_add_bool(j, "command_ended", s->command_ended || !s->w.command);
	json_add_u64(j, "processes", processes_seen(s->w.processes));
	json_add_u64(j, "rounds", s->rounds);
	json_add_u64(j, "records", evidence_records(s->w.evidence));
	evidence_end(s->w.evidence);
}
