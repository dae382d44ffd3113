/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/tool_run.h"

#include "collectors/windows/command_line.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/windows/failure.h"
#include "core/windows/open_at.h"
#include "core/windows/wide.h"

#include <stdio.h>
#include <winternl.h>

enum {
	TIMEOUT_MS = 20000,
	LOOK_MS = 100,         /* how often its output is measured */
	OUTPUT_MAX = 64 << 20, /* of one run */
	LINE_MAX_HERE = 1024,  /* units of a command line */
	NAME_MAX_HERE = 64,
};

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

/* netstat names programs (-b) for administrators only. */
const struct tool tools[] = {
	{"netstat", "netstat.exe", {COMMAND("netstat", "-bano"), COMMAND("netstat", "-ano")}, true},
	{"ipconfig", "ipconfig.exe", {COMMAND("ipconfig", "/all")}, false},
	{"dnscache", "ipconfig.exe", {COMMAND("ipconfig", "/displaydns")}, false},
	{"route", "route.exe", {COMMAND("route", "print")}, false},
	{"winhttp", "netsh.exe", {COMMAND("netsh", "winhttp", "show", "proxy")}, false},
	{"firewall", "netsh.exe", {COMMAND("netsh", "advfirewall", "show", "allprofiles")}, false},
	{"firewall-rules", "netsh.exe",
	 {COMMAND("netsh", "advfirewall", "firewall", "show", "rule", "name=all", "dir=out", "verbose")},
	 false},
};
const unsigned tool_count = LENGTH(tools);

/* The environment is not asked where Windows lies. */
static bool find(const struct tool *tool, wchar_t ret[static MAX_PATH])
{
	wchar_t name[NAME_MAX_HERE];
	UINT size = GetSystemDirectoryW(ret, MAX_PATH);
	if (size == 0 || !wide_from(tool->program, name, NAME_MAX_HERE) ||
	    size + wcslen(name) + 2 > MAX_PATH)
		return false;
	ret[size] = L'\\';
	wmemcpy(ret + size + 1, name, wcslen(name) + 1);
	return GetFileAttributesW(ret) != INVALID_FILE_ATTRIBUTES;
}

bool tool_find(const struct tool *tool)
{
	wchar_t path[MAX_PATH];
	return find(tool, path);
}

static bool open_output(int folder, const char *name, HANDLE *ret)
{
	static const struct open_at how = {
		.access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES,
		.share = FILE_SHARE_READ,
		.disposition = FILE_OPEN_IF,
		.options = FILE_NON_DIRECTORY_FILE,
		.private_to_us = true,
	};
	return open_at(folder, name, &how, ret) == 0;
}

static uint64_t size_of(HANDLE file)
{
	LARGE_INTEGER size;
	return GetFileSizeEx(file, &size) ? (uint64_t)size.QuadPart : 0;
}

static void write_heading(HANDLE out, const char *const *command, const struct tool_request *request,
			  int64_t wall_ns)
{
	char time[CLOCK_TEXT_MAX];
	DWORD done;
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	clock_text(wall_ns, 3, time);
	text_addf(&line, "# %s round %u:", time, request->round);
	for (const char *const *word = command; *word; word++)
		text_addf(&line, " %s", *word);
	text_add_string(&line, "\r\n");
	(void)WriteFile(out, line.at, (DWORD)line.size, &done, NULL);
}

/* The process, and a job that ends whatever it starts; false with a problem. */
static bool start(const struct tool *tool, const char *const *command, HANDLE out, HANDLE job,
		  PROCESS_INFORMATION *ret, struct tool_report *r)
{
	wchar_t path[MAX_PATH], folder[MAX_PATH], line[LINE_MAX_HERE];
	AUTO_TEXT struct text words = text_make(LINE_MAX_HERE);
	HANDLE copy = NULL, self = GetCurrentProcess();
	SIZE_T size = 0;
	for (const char *const *word = command; *word; word++)
		command_line_add(&words, *word, false);
	if (!find(tool, path) || GetSystemDirectoryW(folder, MAX_PATH) == 0 ||
	    !wide_from(text_string(&words), line, LINE_MAX_HERE))
		return false;
	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	AUTO_FREE LPPROC_THREAD_ATTRIBUTE_LIST list = must_alloc(1, size);
	STARTUPINFOEXW info = {.StartupInfo = {.cb = sizeof info, .dwFlags = STARTF_USESTDHANDLES},
			       .lpAttributeList = list};
	bool made = DuplicateHandle(self, out, self, &copy, 0, TRUE, DUPLICATE_SAME_ACCESS) &&
		    InitializeProcThreadAttributeList(list, 1, 0, &size);
	if (made) {
		info.StartupInfo.hStdOutput = info.StartupInfo.hStdError = copy;
		made = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &copy,
						 sizeof copy, NULL, NULL) &&
		       CreateProcessW(path, line, NULL, NULL, TRUE,
				      CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT,
				      NULL, folder, &info.StartupInfo, ret);
		DWORD code = GetLastError();
		DeleteProcThreadAttributeList(list);
		if (!made)
			failure_text(code, r->problem, sizeof r->problem);
	}
	if (copy)
		CloseHandle(copy);
	if (made) {
		AssignProcessToJobObject(job, ret->hProcess);
		ResumeThread(ret->hThread);
		CloseHandle(ret->hThread);
	}
	return made;
}

/* Until it ends; the problem says why it was ended. */
static void wait_for(HANDLE process, HANDLE out, uint64_t before, HANDLE ending, struct tool_report *r)
{
	const HANDLE both[] = {process, ending};
	int64_t until = clock_mono() + TIMEOUT_MS * CLOCK_MILLISECOND;
	while (!r->problem[0]) {
		DWORD which = WaitForMultipleObjects(LENGTH(both), both, FALSE, LOOK_MS);
		if (which == WAIT_OBJECT_0)
			return;
		if (which == WAIT_OBJECT_0 + 1)
			snprintf(r->problem, sizeof r->problem, "ended with the session");
		else if (size_of(out) - before > OUTPUT_MAX)
			snprintf(r->problem, sizeof r->problem, "printed more than %d bytes", OUTPUT_MAX);
		else if (clock_mono() > until)
			snprintf(r->problem, sizeof r->problem, "did not end within %d s",
				 TIMEOUT_MS / 1000);
	}
}

static void run(const struct tool *tool, HANDLE out, HANDLE ending, struct tool_report *r)
{
	PROCESS_INFORMATION made = {0};
	HANDLE job = CreateJobObjectW(NULL, NULL);
	DWORD code = 0;
	write_heading(out, tool->commands[r->command], &r->request, r->wall_ns);
	r->at = size_of(out);
	if (job && start(tool, tool->commands[r->command], out, job, &made, r)) {
		wait_for(made.hProcess, out, r->at, ending, r);
		if (r->problem[0]) {
			TerminateJobObject(job, 1);
			TerminateProcess(made.hProcess, 1); /* where the job did not take it */
		}
		WaitForSingleObject(made.hProcess, TIMEOUT_MS);
		if (!r->problem[0] && GetExitCodeProcess(made.hProcess, &code))
			r->status = code;
		CloseHandle(made.hProcess);
	} else if (!r->problem[0]) {
		snprintf(r->problem, sizeof r->problem, "cannot be started");
	}
	if (job)
		CloseHandle(job);
	r->size = size_of(out) - r->at;
}

void tool_run(unsigned i, int folder, const struct tool_request *request, HANDLE ending,
	      struct tool_report *ret)
{
	char name[NAME_MAX_HERE];
	HANDLE out;
	*ret = (struct tool_report){.request = *request, .tool = i, .status = -1};
	ret->wall_ns = clock_now().wall_ns;
	int64_t started = clock_mono();
	snprintf(name, sizeof name, "%s-%s.txt", tools[i].name, request->moment);
	if (!tool_find(&tools[i])) {
		snprintf(ret->problem, sizeof ret->problem, "not there");
		return;
	}
	if (!open_output(folder, name, &out)) {
		snprintf(ret->problem, sizeof ret->problem, "cannot write tools/%.60s", name);
		return;
	}
	run(&tools[i], out, ending, ret);
	if (ret->status > 0 && tools[i].commands[1]) {
		ret->command = 1;
		ret->status = -1;
		run(&tools[i], out, ending, ret);
	}
	CloseHandle(out);
	ret->took_ns = clock_mono() - started;
}
