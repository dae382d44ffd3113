/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One session does both, where a file is wanted too (EVENT_TRACE_REAL_TIME_MODE with
 * EVENT_TRACE_FILE_MODE_SEQUENTIAL): the same buffers go both ways, so that the two can
 * be held against each other, and the providers are asked once.
 *
 * Stamps are the time of day, not a counter: Windows turns a counter into time by its
 * rate at the beginning, which over a day drifts by seconds from a clock that is kept
 * right, and by the time of day everything else in the evidence is told.
 */
#include "collectors/windows/etw_session.h"

#include "core/auto.h"
#include "core/windows/failure.h"
#include "core/windows/wide.h"

#include <evntrace.h>
#include <evntprov.h> /* behind it, which only names what stands here */

#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum {
	BUFFER_KB = 64,
	BUFFERS_LEAST = 64,
	BUFFERS_MOST = 512, /* 32 MiB: some seconds of a busy network */
	FLUSH_SECONDS = 1,
	CLOCK_TIME_OF_DAY = 2,
	SESSIONS_MAX = 64, /* that Windows has at a time */
	IDS_MAX = 8,
	LEVEL = TRACE_LEVEL_VERBOSE,
	FILTER_EVENT_ID = (int)0x80000200, /* EVENT_FILTER_TYPE_EVENT_ID, which MinGW lacks */
};

#define PREFIX L"airgap-verify-"

/* A structure of Windows with the room behind it that it wants for two names. */
struct properties {
	EVENT_TRACE_PROPERTIES head;
	wchar_t name[ETW_NAME_MAX];
	wchar_t file[WIDE_MAX];
};

/* EVENT_FILTER_EVENT_ID, which MinGW lacks: only these events. */
struct id_filter {
	unsigned char only, reserved;
	uint16_t count, ids[IDS_MAX];
};

enum { NETWORK, ATTEMPTS, LOOKUPS, PROCESSES };

static const struct wanted {
	const char *part;
	GUID guid;
	uint64_t keyword; /* 0: all */
	uint16_t ids[IDS_MAX]; /* 0 behind the last; none: all */
} wanted[ETW_PROVIDERS] = {
	/* Microsoft-Windows-Kernel-Network, its IPv4 and IPv6 */
	[NETWORK] = {"network", {0x7dd42a49, 0x5329, 0x4832, {0x8d, 0xfd, 0x43, 0xd9, 0x79, 0x15, 0x3a, 0x88}}, 0x30, {0}},
	/* Microsoft-Windows-TCPIP, of which most is of no matter: a connection was asked for,
	 * was made, failed. The first tells of those only that were made. */
	[ATTEMPTS] = {"attempts", {0x2f07e2ee, 0x15db, 0x40f1, {0x90, 0xef, 0x9d, 0x7b, 0xa2, 0x82, 0x18, 0x8a}}, 0,
		      {1002, 1033, 1034, 0}},
	/* Microsoft-Windows-DNS-Client */
	[LOOKUPS] = {"lookups", {0x1c95126e, 0x7eea, 0x49a9, {0xa3, 0xfe, 0xa3, 0x78, 0xb0, 0x3d, 0xdb, 0x4d}}, 0, {0}},
	/* Microsoft-Windows-Kernel-Process, its processes */
	[PROCESSES] = {"processes", {0x22fb2cd6, 0x0e7b, 0x422b, {0xa0, 0xc7, 0x2f, 0xad, 0x1f, 0xd0, 0xe7, 0x16}}, 0x10, {0}},
};

static void prepare(struct properties *p)
{
	*p = (struct properties){.head = {.Wnode = {.BufferSize = sizeof *p, .Flags = WNODE_FLAG_TRACED_GUID}}};
	p->head.LoggerNameOffset = offsetof(struct properties, name);
	p->head.LogFileNameOffset = offsetof(struct properties, file);
}

/* The process that made a session of that name, if it is one of ours; 0: it is not. */
static DWORD maker_of(const wchar_t *name)
{
	uint64_t pid = 0;
	if (wcsncmp(name, PREFIX, wcslen(PREFIX)) != 0)
		return 0;
	for (name += wcslen(PREFIX); *name >= L'0' && *name <= L'9' && pid <= UINT32_MAX; name++)
		pid = 10 * pid + (uint64_t)(*name - L'0');
	return *name == L'-' && pid <= UINT32_MAX ? (DWORD)pid : 0;
}

static bool is_gone(DWORD pid)
{
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
	bool gone = !process && GetLastError() == ERROR_INVALID_PARAMETER;
	if (process)
		CloseHandle(process);
	return gone;
}

/* Sessions outlive who made them, and there are few. */
static void end_leftovers(void)
{
	AUTO_FREE struct properties *all = must_alloc(SESSIONS_MAX, sizeof *all);
	AUTO_FREE struct properties *ended = must_alloc(1, sizeof *ended); /* is filled in, name and all */
	EVENT_TRACE_PROPERTIES *list[SESSIONS_MAX];
	ULONG count = 0;
	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		prepare(&all[i]);
		list[i] = &all[i].head;
	}
	ULONG code = QueryAllTracesW(list, SESSIONS_MAX, &count);
	if (code != ERROR_SUCCESS && code != ERROR_MORE_DATA)
		return;
	for (size_t i = 0; i < count && i < SESSIONS_MAX; i++) {
		DWORD pid = maker_of(all[i].name);
		if (!pid || !is_gone(pid))
			continue;
		prepare(ended);
		ControlTraceW(0, all[i].name, &ended->head, EVENT_TRACE_CONTROL_STOP);
	}
}

/* The whole path: the file is not opened by us. */
static enum status name_file(struct properties *p, const struct watch_options *o, struct error *err)
{
	AUTO_TEXT struct text path = text_make(WIDE_MAX);
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	text_addf(&path, "%s\\%s", o->folder, o->trace);
	DWORD size = wide_from(text_string(&path), wide, WIDE_MAX) ? GetFullPathNameW(wide, WIDE_MAX, p->file, NULL) : 0;
	if (size == 0 || size >= WIDE_MAX)
		return fail(err, ERR_CREATE, "%s: no name of a file for the event trace", text_string(&path));
	p->head.LogFileMode |= EVENT_TRACE_FILE_MODE_SEQUENTIAL;
	return OK;
}

enum status etw_session_open(struct etw_session *s, const struct watch_options *o, struct error *err)
{
	AUTO_FREE struct properties *p = must_alloc(1, sizeof *p);
	wchar_t name[ETW_NAME_MAX];
	TRACEHANDLE handle = 0;
	*s = (struct etw_session){.handle = 0};
	snprintf(s->name, sizeof s->name, "airgap-verify-%lu-%s", GetCurrentProcessId(), o->id);
	if (!wide_from(s->name, name, ETW_NAME_MAX))
		return fail(err, ERR_INTERNAL, "%s: no name of an event trace session", s->name);
	end_leftovers();
	prepare(p);
	p->head.Wnode.ClientContext = CLOCK_TIME_OF_DAY;
	p->head.BufferSize = BUFFER_KB;
	p->head.MinimumBuffers = BUFFERS_LEAST;
	p->head.MaximumBuffers = BUFFERS_MOST;
	p->head.FlushTimer = FLUSH_SECONDS;
	p->head.LogFileMode = EVENT_TRACE_REAL_TIME_MODE;
	enum status status = o->trace ? name_file(p, o, err) : OK;
	if (status)
		return status;
	if (!o->trace)
		p->head.LogFileNameOffset = 0;
	ULONG code = StartTraceW(&handle, name, &p->head);
	if (code != ERROR_SUCCESS)
		return fail_windows(err, ERR_UNAVAILABLE, code, "Windows starts no event trace session");
	s->handle = handle;
	return OK;
}

static ULONG enable(const struct etw_session *s, const struct wanted *w)
{
	struct id_filter filter = {.only = TRUE};
	EVENT_FILTER_DESCRIPTOR descriptor = {.Ptr = (ULONGLONG)(ULONG_PTR)&filter, .Type = (ULONG)FILTER_EVENT_ID};
	ENABLE_TRACE_PARAMETERS parameters = {.Version = ENABLE_TRACE_PARAMETERS_VERSION_2};
	for (; filter.count < IDS_MAX && w->ids[filter.count]; filter.count++)
		filter.ids[filter.count] = w->ids[filter.count];
	descriptor.Size = (ULONG)(offsetof(struct id_filter, ids) + filter.count * sizeof *filter.ids);
	if (filter.count) {
		parameters.EnableFilterDesc = &descriptor;
		parameters.FilterDescCount = 1;
	}
	return EnableTraceEx2(s->handle, &w->guid, EVENT_CONTROL_CODE_ENABLE_PROVIDER, LEVEL, w->keyword, 0, 0, &parameters);
}

enum status etw_session_enable(struct etw_session *s, struct error *err)
{
	for (size_t i = 0; i < ETW_PROVIDERS; i++) {
		struct etw_provider *p = &s->providers[i];
		*p = (struct etw_provider){.part = wanted[i].part, .guid = wanted[i].guid, .keyword = wanted[i].keyword};
		ULONG code = enable(s, &wanted[i]);
		if (code == ERROR_SUCCESS)
			continue;
		if (i == NETWORK)
			return fail_windows(err, ERR_UNAVAILABLE, code, "Windows gives no events of the network");
		failure_text(code, p->text, sizeof p->text);
		p->problem = p->text;
	}
	/* whoever is there already is told of once; that it is not changes no verdict */
	EnableTraceEx2(s->handle, &wanted[PROCESSES].guid, EVENT_CONTROL_CODE_CAPTURE_STATE, LEVEL, wanted[PROCESSES].keyword,
		       0, 0, NULL);
	return OK;
}

static uint64_t control(const struct etw_session *s, ULONG what)
{
	AUTO_FREE struct properties *p = must_alloc(1, sizeof *p);
	prepare(p);
	if (ControlTraceW(s->handle, NULL, &p->head, what) != ERROR_SUCCESS)
		return 0;
	return (uint64_t)p->head.EventsLost + p->head.RealTimeBuffersLost;
}

uint64_t etw_session_lost(const struct etw_session *s)
{
	return s->handle ? control(s, EVENT_TRACE_CONTROL_QUERY) : 0;
}

uint64_t etw_session_close(struct etw_session *s)
{
	if (!s->handle)
		return 0;
	control(s, EVENT_TRACE_CONTROL_FLUSH);
	uint64_t lost = control(s, EVENT_TRACE_CONTROL_QUERY), end = control(s, EVENT_TRACE_CONTROL_STOP);
	s->handle = 0;
	return end > lost ? end : lost;
}
