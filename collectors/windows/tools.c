/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tool witness of Windows: asks for a run at every round and records where the
 * output lies. A thread of its own runs the tools, so that the others go on being
 * drained; it writes no evidence.
 */
#include "collectors/registry.h"

#include "collectors/windows/tool_run.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/windows/failure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPORTS_MAX = 16 /* of one round */ };

struct tools {
	struct watch *w;
	int folder;
	HANDLE thread, asked, ending; /* asked, ending: events */
	CRITICAL_SECTION lock;        /* of what follows */
	struct tool_request request;
	bool running;
	size_t count; /* reports that nobody has taken yet */
	struct tool_report reports[REPORTS_MAX];
};

static bool is_due(const struct tool *tool, const struct tool_request *request)
{
	return tool->always || strcmp(request->moment, "during") != 0;
}

static void run_round(struct tools *t)
{
	EnterCriticalSection(&t->lock);
	struct tool_request request = t->request;
	LeaveCriticalSection(&t->lock);
	for (unsigned i = 0; i < tool_count; i++) {
		struct tool_report report;
		if (!is_due(&tools[i], &request))
			continue;
		tool_run(i, t->folder, &request, t->ending, &report);
		EnterCriticalSection(&t->lock);
		if (t->count < REPORTS_MAX)
			t->reports[t->count++] = report;
		LeaveCriticalSection(&t->lock);
	}
	EnterCriticalSection(&t->lock);
	t->running = false;
	LeaveCriticalSection(&t->lock);
}

static DWORD WINAPI serve(void *state)
{
	struct tools *t = state;
	const HANDLE both[] = {t->ending, t->asked};
	while (WaitForMultipleObjects(LENGTH(both), both, FALSE, INFINITE) == WAIT_OBJECT_0 + 1)
		run_round(t);
	return 0;
}

/* Closes what is open, and the thread, which has ended. */
static void release(struct tools *t)
{
	const HANDLE handles[] = {t->thread, t->asked, t->ending};
	for (size_t i = 0; i < LENGTH(handles); i++)
		if (handles[i])
			CloseHandle(handles[i]);
	DeleteCriticalSection(&t->lock);
	auto_close(&t->folder);
	free(t);
}

static enum status tools_open(struct watch *w, void **ret_state, struct error *err)
{
	int folder = -1;
	enum status status = file_make_folder(w->folder, "tools", &folder, err);
	if (status)
		return status;
	struct tools *t = must_alloc(1, sizeof *t);
	t->w = w;
	t->folder = folder;
	InitializeCriticalSection(&t->lock);
	t->asked = CreateEventW(NULL, FALSE, FALSE, NULL);
	t->ending = CreateEventW(NULL, TRUE, FALSE, NULL);
	if (t->asked && t->ending)
		t->thread = CreateThread(NULL, 0, serve, t, 0, NULL);
	if (!t->thread) {
		DWORD code = GetLastError();
		release(t);
		return fail_windows(err, ERR_UNAVAILABLE, code, "cannot start the thread for the tools");
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
	for (const char *const *word = tool->commands[r->command]; *word; word++)
		json_add_string(j, NULL, *word);
	json_end_array(j);
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
		json_add_u64(j, "codepage", GetOEMCP());
	}
	json_add_i64(j, "took_ns", r->took_ns);
	evidence_end(t->w->evidence);
}

static void tools_drain(void *state)
{
	struct tools *t = state;
	struct tool_report reports[REPORTS_MAX];
	EnterCriticalSection(&t->lock);
	size_t count = t->count;
	memcpy(reports, t->reports, count * sizeof *reports);
	t->count = 0;
	LeaveCriticalSection(&t->lock);
	for (size_t i = 0; i < count; i++)
		write_record(t, &reports[i]);
}

static bool tools_busy(void *state)
{
	struct tools *t = state;
	EnterCriticalSection(&t->lock);
	bool busy = t->running || t->count;
	LeaveCriticalSection(&t->lock);
	return busy;
}

static void tools_round(void *state, const struct round *r)
{
	struct tools *t = state;
	if (tools_busy(t))
		return;
	EnterCriticalSection(&t->lock);
	t->request.round = r->number;
	snprintf(t->request.moment, sizeof t->request.moment, "%s", r->moment);
	t->running = true;
	LeaveCriticalSection(&t->lock);
	SetEvent(t->asked);
}

static uint64_t tools_stop(void *state)
{
	struct tools *t = state;
	SetEvent(t->ending);
	WaitForSingleObject(t->thread, INFINITE);
	tools_drain(t);
	release(t);
	return 0;
}

static bool tools_alive(void *state)
{
	const struct tools *t = state;
	return WaitForSingleObject(t->thread, 0) == WAIT_TIMEOUT;
}

static void tools_probe(struct probe *ret)
{
	size_t used = 0;
	const char *before = "";
	for (unsigned i = 0; i < tool_count && used < sizeof ret->detail; i++) {
		bool found = tool_find(&tools[i]);
		ret->works = ret->works || found;
		if (!strcmp(tools[i].program, before)) /* several runs of one stand together */
			continue;
		before = tools[i].program;
		used += (size_t)snprintf(ret->detail + used, sizeof ret->detail - used, "%s%s %s",
					 i ? ", " : "", before, found ? "is there" : "is missing");
	}
}

const struct collector collector_tools = {
	.name = "tools",
	.witnesses = "what netstat prints, before, every few seconds, after; ipconfig, route and "
		     "netsh before and after",
	.needs = "administrator rights to name the programs of sockets",
	.canaries = true,
	.probe = tools_probe,
	.open = tools_open,
	.drain = tools_drain,
	.round = tools_round,
	.busy = tools_busy,
	.stop = tools_stop,
	.alive = tools_alive,
};
