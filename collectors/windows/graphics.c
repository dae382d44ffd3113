/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every display driver of Windows writes into its key of the class of adapters:
 *
 *	…\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}\0000
 *	        DriverDesc                              "NVIDIA GeForce RTX 4060 Ti"
 *	        HardwareInformation.qwMemorySize        bytes, of its own memory
 */
#include "collectors/windows/graphics.h"

#include "core/windows/wide.h"

#include <stdio.h>
#include <windows.h>

enum { ADAPTERS_MAX = 32, NAME_UNITS_MAX = 256, KEY_UNITS_MAX = 256 };

static void add_adapter(struct json *j, unsigned number)
{
	wchar_t key[KEY_UNITS_MAX], wide[NAME_UNITS_MAX];
	char name[4 * NAME_UNITS_MAX];
	uint64_t bytes = 0;
	DWORD size = sizeof wide;
	if (swprintf(key, KEY_UNITS_MAX, L"SYSTEM\\CurrentControlSet\\Control\\Class\\"
					 L"{4d36e968-e325-11ce-bfc1-08002be10318}\\%04u", number) < 0 ||
	    RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DriverDesc", RRF_RT_REG_SZ, NULL, wide, &size) != ERROR_SUCCESS)
		return;
	wide_string(wide, name, sizeof name);
	size = sizeof bytes; /* drivers write it as either type */
	LSTATUS code = RegGetValueW(HKEY_LOCAL_MACHINE, key, L"HardwareInformation.qwMemorySize",
				    RRF_RT_REG_QWORD | RRF_RT_REG_BINARY, NULL, &bytes, &size);
	json_begin_object(j, NULL);
	json_add_string(j, "name", name);
	if (code == ERROR_SUCCESS && size == sizeof bytes)
		json_add_u64(j, "total_bytes", bytes);
	else
		json_add_null(j, "total_bytes");
	json_end_object(j);
}

void graphics_add(struct json *j)
{
	MEMORYSTATUSEX memory = {.dwLength = sizeof memory};
	if (GlobalMemoryStatusEx(&memory))
		json_add_u64(j, "memory_bytes", memory.ullTotalPhys);
	json_begin_array(j, "gpus");
	for (unsigned i = 0; i < ADAPTERS_MAX; i++)
		add_adapter(j, i);
	json_end_array(j);
}
