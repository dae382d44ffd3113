/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/process_info.h"

#include "core/auto.h"
#include "core/windows/wide.h"

#include <string.h>
#include <winternl.h>

void process_info_of(HANDLE process, struct process_info *ret)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	DWORD size = WIDE_MAX;
	PROCESS_BASIC_INFORMATION basic = {0};
	ret->pid = GetProcessId(process);
	ret->parent = 0;
	ret->exe[0] = 0;
	if (QueryFullProcessImageNameW(process, 0, wide, &size))
		wide_string(wide, ret->exe, sizeof ret->exe);
	if (NtQueryInformationProcess(process, ProcessBasicInformation, &basic, sizeof basic, NULL) >= 0)
		ret->parent = (DWORD)basic.InheritedFromUniqueProcessId;
}

bool process_info_read(DWORD pid, struct process_info *ret)
{
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
	*ret = (struct process_info){.pid = pid};
	if (!process)
		return GetLastError() == ERROR_ACCESS_DENIED;
	process_info_of(process, ret);
	CloseHandle(process);
	return true;
}

const char *process_info_name(const char *exe)
{
	const char *slash = strrchr(exe, '\\');
	return slash ? slash + 1 : exe;
}
