/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tool witness as the session sees it: asks for a run at every round and
 * records where the output lies.
 */
#include "collectors/registry.h"
#include "collectors/posix/channel.h"
#include "collectors/posix/tool_run.h"
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct tools {
	struct watch *w;
	pid_t pid;
	int channel;
	bool running, dead;
};

static enum status tools_open(struct watch *w, void **ret_state, struct error *err)
{
	char path[TOOL_PATH_MAX];
	unsigned found = 0;
	for (unsigned i = 0; i < tool_count; i++)
		found += tool_find(&tools[i], path) != NULL;
	if (!found)
		return fail(err, ERR_UNAVAILABLE, "none of the tools is installed");
	int folder = -1, ends[2];
	enum status status = file_make_folder(w->folder, "tools", &folder, err);
	if (status)
		return status;
	if (fchown(folder, w->invoker->uid, w->invoker->gid) != 0)
		status = fail_errno(err, ERR_UNAVAILABLE, errno, "cannot prepare tools/");
	if (!status)
		status = channel_open(ends, err);
	if (status) {
		close(folder);
		return status;
	}
	struct tools *t = must_alloc(1, sizeof *t);
	t->w = w;
	t->channel = ends[0];
	t->pid = fork();
	if (t->pid == 0) {
		close(ends[0]);
		tool_serve(w->invoker, ends[1], folder);
	}
	close(ends[1]);
	close(folder);
	if (t->pid < 0) {
		close(t->channel);
		free(t);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start the process for the tools");
	}
	*ret_state = t;
	return OK;
}

static void write_record(struct tools *t, const struct tool_report *r)
{
	const struct tool *tool = &tools[r->tool];
	struct json *j = evidence_begin(t->w->evidence, "tool", r->wall_ns);
	json_add_string(j, "tool", tool->name);
	json_add_string(j, "moment", r->request.moment);
	json_add_u64(j, "round", r->request.round);
	json_begin_array(j, "command");
	for (const char *const *word = tool->command; *word; word++)
		json_add_string(j, NULL, *word);
	json_end_array(j);
	json_add_string(j, "version", r->version);
	if (r->status >= 0)
		json_add_i64(j, "status", r->status);
	if (r->problem[0])
		json_add_string(j, "problem", r->problem);
	if (r->size) {
		char path[64];
		snprintf(path, sizeof path, "tools/%s-%s.txt", tool->name, r->request.moment);
		json_add_string(j, "path", path);
		json_add_u64(j, "at", r->at);
		json_add_u64(j, "size", r->size);
	}
	json_add_i64(j, "took_ns", r->took_ns);
	evidence_end(t->w->evidence);
}

static void die_quietly(struct tools *t)
{
	if (t->dead)
		return;
	t->dead = true;
	t->running = false;
	watch_witness(t->w, "tools", NULL, "died", "the process that runs the tools ended", "");
}

static void tools_drain(void *state)
{
	struct tools *t = state;
	struct tool_report r;
	while (!t->dead) {
		enum channel_got got = channel_take(t->channel, &r, sizeof r, false);
		if (got == CHANNEL_NOTHING)
			return;
		if (got == CHANNEL_END)
			die_quietly(t);
		else if (r.tool < tool_count)
			write_record(t, &r);
		else
			t->running = false;
	}
}

static void tools_round(void *state, const struct round *r)
{
	struct tools *t = state;
	struct tool_request request = {.round = r->number};
	snprintf(request.moment, sizeof request.moment, "%s", r->moment);
	if (t->dead || t->running)
		return;
	if (channel_send(t->channel, &request, sizeof request, false))
		t->running = true;
	else
		die_quietly(t);
}

static bool tools_busy(void *state)
{
	const struct tools *t = state;
	return t->running;
}

static uint64_t tools_stop(void *state)
{
	struct tools *t = state;
	tools_drain(t);
	close(t->channel); /* it ends when it has nobody to serve */
	while (waitpid(t->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(t);
	return 0;
}

static bool tools_alive(void *state)
{
	const struct tools *t = state;
	return !t->dead;
}

static void tools_probe(struct probe *ret)
{
	size_t used = 0;
	for (unsigned i = 0; i < tool_count; i++) {
		char path[TOOL_PATH_MAX];
		bool found = tool_find(&tools[i], path) != NULL;
		ret->works = ret->works || found;
		used += (size_t)snprintf(ret->detail + used, sizeof ret->detail - used, "%s%s %s",
					 i ? ", " : "", tools[i].name, found ? "is there" : "is missing");
	}
	if (!ret->works)
		snprintf(ret->remedy, sizeof ret->remedy, "%s", tool_remedy);
}

const struct collector collector_tools = {
	.name = "tools",
	.witnesses = tool_witnesses,
	.needs = tool_needs,
	.canaries = true,
	.probe = tools_probe,
	.open = tools_open,
	.drain = tools_drain,
	.pause_ns = 50 * CLOCK_MILLISECOND,
	.round = tools_round,
	.busy = tools_busy,
	.stop = tools_stop,
	.alive = tools_alive,
};
