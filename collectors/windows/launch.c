/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/launch.h"

#include "collectors/windows/command_line.h"
#include "collectors/windows/find_program.h"
#include "core/auto.h"
#include "core/windows/failure.h"
#include "core/windows/wide.h"

#include <string.h>

enum {
	HANDLES = 3,        /* standard input, output and error */
	NEVER_LET_GO = 125, /* exit status of one that was ended before it began */
	ELEVATION_REQUIRED = 740, /* MinGW lacks its name: ERROR_ELEVATION_REQUIRED */
};

static enum status make_line(const char *program, char *const command[], struct text *ret,
			     struct error *err)
{
	bool batch = command_line_is_batch(program);
	/* a batch file is found by what stands first; anything else sees the word as given */
	command_line_add(ret, batch ? program : command[0], true);
	for (size_t i = 1; command[i]; i++) {
		if (batch && !command_line_batch_takes(command[i]))
			return fail(err, ERR_USAGE,
				    "%s is a batch file, and cmd.exe would take the word %s apart; "
				    "name the program that the batch file starts",
				    program, command[i]);
		command_line_add(ret, command[i], batch);
	}
	if (ret->overflow)
		return fail(err, ERR_LIMIT, "the command line is longer than Windows allows");
	return OK;
}

/* Copies that a child inherits; those of a console need none. */
static void inheritable(bool to_stderr, HANDLE ret[static HANDLES])
{
	static const DWORD names[HANDLES] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
	HANDLE self = GetCurrentProcess();
	for (size_t i = 0; i < HANDLES; i++) {
		HANDLE from = GetStdHandle(i == 1 && to_stderr ? STD_ERROR_HANDLE : names[i]);
		ret[i] = NULL;
		if (from && from != INVALID_HANDLE_VALUE)
			DuplicateHandle(self, from, self, &ret[i], 0, TRUE, DUPLICATE_SAME_ACCESS);
	}
}

/* The attribute that says which handles may be inherited; the caller frees it. */
static LPPROC_THREAD_ATTRIBUTE_LIST handle_list(HANDLE *handles, size_t count)
{
	SIZE_T size = 0;
	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	LPPROC_THREAD_ATTRIBUTE_LIST list = must_alloc(1, size);
	if (InitializeProcThreadAttributeList(list, 1, 0, &size) &&
	    UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
				      count * sizeof *handles, NULL, NULL))
		return list;
	free(list);
	return NULL;
}

static DWORD create(const wchar_t *program, wchar_t *line, bool to_stderr, PROCESS_INFORMATION *ret)
{
	HANDLE handles[HANDLES], given[HANDLES];
	size_t count = 0;
	inheritable(to_stderr, handles);
	for (size_t i = 0; i < HANDLES; i++)
		if (handles[i])
			given[count++] = handles[i];
	STARTUPINFOEXW start = {.StartupInfo = {
		.cb = sizeof start,
		.dwFlags = STARTF_USESTDHANDLES,
		.hStdInput = handles[0],
		.hStdOutput = handles[1],
		.hStdError = handles[2],
	}};
	if (count)
		start.lpAttributeList = handle_list(given, count);
	DWORD code = 0;
	if (!CreateProcessW(program, line, NULL, NULL, start.lpAttributeList != NULL,
			    CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
			    &start.StartupInfo, ret))
		code = GetLastError();
	if (start.lpAttributeList)
		DeleteProcThreadAttributeList(start.lpAttributeList);
	free(start.lpAttributeList);
	for (size_t i = 0; i < HANDLES; i++)
		if (handles[i])
			CloseHandle(handles[i]);
	return code;
}

static enum status fail_create(DWORD code, const char *program, struct error *err)
{
	if (code == ERROR_BAD_EXE_FORMAT || code == ERROR_EXE_MACHINE_TYPE_MISMATCH)
		return fail(err, ERR_MALFORMED, "%s: not a program that this machine can execute", program);
	if (code == ELEVATION_REQUIRED)
		return fail(err, ERR_PERMISSION, "%s: asks for administrator rights; start the session "
			    "from a console that has them", program);
	return fail_windows(err, ERR_UNAVAILABLE, code, "%s: cannot be executed", program);
}

enum status launch_hold(char *const command[], bool to_stderr, struct launch *ret, struct error *err)
{
	char program[FILE_PATH_MAX];
	AUTO_TEXT struct text line = text_make(4 * WIDE_MAX);
	AUTO_FREE wchar_t *wide_program = must_alloc(WIDE_MAX, sizeof *wide_program);
	AUTO_FREE wchar_t *wide_line = must_alloc(WIDE_MAX, sizeof *wide_line);
	*ret = (struct launch){0};
	enum status status = find_program(command[0], program, err);
	if (!status)
		status = make_line(program, command, &line, err);
	if (status)
		return status;
	if (!wide_from(program, wide_program, WIDE_MAX) ||
	    !wide_from(text_string(&line), wide_line, WIDE_MAX))
		return fail(err, ERR_LIMIT, "the command line is longer than Windows allows");
	PROCESS_INFORMATION made = {0};
	/* cmd.exe is found by Windows itself where the program is a batch file */
	bool batch = command_line_is_batch(program);
	DWORD code = create(batch ? NULL : wide_program, wide_line, to_stderr, &made);
	if (code)
		return fail_create(code, program, err);
	*ret = (struct launch){made.hProcess, made.hThread, made.dwProcessId};
	return OK;
}

enum status launch_go(struct launch *l, struct error *err)
{
	if (ResumeThread(l->thread) == (DWORD)-1)
		return fail_windows(err, ERR_UNAVAILABLE, GetLastError(), "the command cannot be let go");
	CloseHandle(l->thread);
	l->thread = NULL;
	return OK;
}

void launch_abandon(struct launch *l)
{
	if (l->thread) {
		TerminateProcess(l->process, NEVER_LET_GO);
		CloseHandle(l->thread);
	}
	if (l->process)
		CloseHandle(l->process);
	*l = (struct launch){0};
}
