/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/platform_state.h"

#include "collectors/windows/console.h"
#include "collectors/windows/process_info.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/windows/failure.h"
#include "core/windows/wide.h"

#include <fcntl.h>
#include <stdlib.h>
#include <tlhelp32.h>
#include <wchar.h>

enum { WATCHED_MAX = 32768 /* processes below --pid */ };

/* Does anything stand in the folder? */
static bool is_empty(const wchar_t *folder)
{
	AUTO_FREE wchar_t *pattern = must_alloc(WIDE_MAX + 3, sizeof *pattern);
	WIN32_FIND_DATAW found;
	size_t size = wcsnlen(folder, WIDE_MAX);
	wmemcpy(pattern, folder, size);
	wmemcpy(pattern + size, L"\\*", 3);
	HANDLE search = FindFirstFileW(pattern, &found);
	bool empty = true;
	if (search == INVALID_HANDLE_VALUE)
		return false;
	do
		empty = found.cFileName[0] == L'.';
	while (empty && FindNextFileW(search, &found));
	FindClose(search);
	return empty;
}

/* One that is there must be empty; one that is not is made, for its user alone. */
static enum status open_folder(struct session *s, struct error *err)
{
	const char *folder = s->w.options->folder;
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	if (!wide_from(folder, wide, WIDE_MAX))
		return fail(err, ERR_USAGE, "%s: no name of a folder", folder);
	if (GetFileAttributesW(wide) == INVALID_FILE_ATTRIBUTES)
		return file_make_folder(AT_FDCWD, folder, &s->w.folder, err);
	enum status status = file_open_folder(AT_FDCWD, folder, &s->w.folder, err);
	if (!status && !is_empty(wide))
		return fail(err, ERR_CREATE, "%s: not empty; name a folder that is new", folder);
	return status;
}

/* The processes of --pid, from the top down, so that each is known before its children. */
static size_t find_below(DWORD root, DWORD ret[static WATCHED_MAX])
{
	HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
	PROCESSENTRY32W entry = {.dwSize = sizeof entry};
	size_t count = 1;
	ret[0] = root;
	for (size_t at = 0; all != INVALID_HANDLE_VALUE && at < count; at++)
		for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry))
			if (entry.th32ParentProcessID == ret[at] && entry.th32ProcessID != ret[at] &&
			    count < WATCHED_MAX)
				ret[count++] = entry.th32ProcessID;
	if (all != INVALID_HANDLE_VALUE)
		CloseHandle(all);
	return count;
}

/* One that ended meanwhile needs no watching; one that may not be watched would be a hole
 * that nobody sees afterwards. */
static enum status join(struct job *job, DWORD pid, struct error *err)
{
	const DWORD rights = PROCESS_SET_QUOTA | PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION;
	HANDLE process = OpenProcess(rights, FALSE, pid);
	DWORD code = GetLastError();
	if (!process && code == ERROR_INVALID_PARAMETER)
		return OK;
	if (!process)
		return fail_windows(err, ERR_PERMISSION, code, "process %lu, which --pid includes, cannot be watched", pid);
	enum status status = job_put(job, process, err);
	DWORD state;
	if (status && GetExitCodeProcess(process, &state) && state != STILL_ACTIVE)
		status = OK;
	CloseHandle(process);
	return status;
}

static enum status watch_process(struct session *s, struct error *err)
{
	struct platform *p = s->w.platform;
	AUTO_FREE DWORD *below = must_alloc(WATCHED_MAX, sizeof *below);
	p->watched = OpenProcess(SYNCHRONIZE, FALSE, (DWORD)s->w.options->pid);
	if (!p->watched)
		return fail_windows(err, ERR_NO_INPUT, GetLastError(), "--pid %lld",
				    (long long)s->w.options->pid);
	size_t count = find_below((DWORD)s->w.options->pid, below);
	for (size_t i = 0; i < count; i++) {
		enum status status = join(p->job, below[i], err);
		if (status)
			return status;
	}
	return OK;
}

static enum status hold_command(struct session *s, struct error *err)
{
	const struct watch_options *o = s->w.options;
	struct platform *p = s->w.platform;
	if (!o->command)
		return o->pid ? watch_process(s, err) : OK;
	if (launch_hold(o->command, o->command_to_stderr, &p->launch, &p->refused))
		return OK; /* told when it was to be let go */
	s->w.command = (pid_t)p->launch.pid;
	return job_put(p->job, p->launch.process, err);
}

enum status platform_open(struct session *s, session_reasons reasons, struct error *err)
{
	s->w.platform = must_alloc(1, sizeof *s->w.platform);
	*s->w.platform = (struct platform){0};
	enum status status = open_folder(s, err);
	if (!status)
		status = job_open(&s->w, &s->w.platform->job, err);
	if (!status)
		status = hold_command(s, err);
	if (status)
		return status;
	console_listen();
	session_open_collectors(s, reasons);
	return OK;
}
