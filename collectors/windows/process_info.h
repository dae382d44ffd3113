/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_PROCESS_INFO_H
#define COLLECTORS_WINDOWS_PROCESS_INFO_H

/*
 * What Windows tells of a process.
 */

#include "core/file.h"

#include <windows.h>

struct process_info {
	DWORD pid, parent;          /* parent: 0 where it is not told */
	char exe[FILE_PATH_MAX];    /* full path in UTF-8; "" where it is not told */
};

/* Of an open process (PROCESS_QUERY_LIMITED_INFORMATION). */
void process_info_of(HANDLE process, struct process_info *ret);

/* Of a pid; false where it is gone. One that may not be opened has neither parent nor
 * program. */
bool process_info_read(DWORD pid, struct process_info *ret);

/* The last component of a program's path. */
const char *process_info_name(const char *exe);

#endif
