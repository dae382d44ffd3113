/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What session.json tells of the user, the machine and its clock.
 */
#include "collectors/windows/platform_state.h"

#include "collectors/windows/graphics.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/windows/open_at.h"
#include "core/windows/wide.h"

#include <fcntl.h>
#include <io.h>
#include <lmcons.h>
#include <sddl.h>
#include <stdio.h>
#include <winternl.h>

enum { NAME_MAX_HERE = 256, TOKEN_MAX = 1024 };

static void add_wide(struct json *j, const char *name, const wchar_t *wide)
{
	char text[4 * NAME_MAX_HERE];
	wide_string(wide, text, sizeof text);
	json_add_string(j, name, text);
}

/* The SID of the user (as text), and whether this runs with administrator rights. */
static void add_token(struct json *j)
{
	HANDLE token;
	/* aligned for the structure that stands first in it */
	union {
		TOKEN_USER user;
		TOKEN_ELEVATION elevation;
		unsigned char bytes[TOKEN_MAX];
	} found;
	DWORD size;
	char *sid = NULL;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return;
	if (GetTokenInformation(token, TokenUser, &found, sizeof found, &size) &&
	    ConvertSidToStringSidA(found.user.User.Sid, &sid)) {
		json_add_string(j, "sid", sid);
		LocalFree(sid);
	}
	if (GetTokenInformation(token, TokenElevation, &found, sizeof found, &size))
		json_add_bool(j, "administrator", found.elevation.TokenIsElevated != 0);
	CloseHandle(token);
}

void platform_add_user(struct json *j, const struct session *s)
{
	(void)s;
	wchar_t name[UNLEN + 1];
	DWORD size = UNLEN + 1;
	json_begin_object(j, "user");
	if (GetUserNameW(name, &size))
		add_wide(j, "name", name);
	json_add_string(j, "through", NULL);
	add_token(j);
	json_end_object(j);
}

/* A text of the registry's key of this Windows; nothing where there is none. */
static void add_registry(struct json *j, const char *name, const wchar_t *value)
{
	wchar_t text[NAME_MAX_HERE];
	DWORD size = sizeof text;
	if (RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", value,
			 RRF_RT_REG_SZ, NULL, text, &size) == ERROR_SUCCESS)
		add_wide(j, name, text);
}

/* The real version: GetVersionEx() tells programs what they were made for. */
static void add_kernel(struct json *j)
{
	typedef LONG WINAPI get_version(OSVERSIONINFOW *);
	typedef const char *get_wine(void);
	HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
	OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof version};
	get_version *read = (get_version *)(void *)GetProcAddress(ntdll, "RtlGetVersion");
	get_wine *wine = (get_wine *)(void *)GetProcAddress(ntdll, "wine_get_version");
	char text[64];
	if (read && read(&version) >= 0) {
		snprintf(text, sizeof text, "%lu.%lu.%lu", version.dwMajorVersion, version.dwMinorVersion,
			 version.dwBuildNumber);
		json_add_string(j, "kernel", text);
	}
	if (wine) /* no Windows at all, and whoever reads this should know */
		json_add_string(j, "wine", wine());
}

static const char *machine_name(void)
{
	SYSTEM_INFO info;
	GetNativeSystemInfo(&info);
	switch (info.wProcessorArchitecture) {
	case PROCESSOR_ARCHITECTURE_AMD64:
		return "x86_64";
	case PROCESSOR_ARCHITECTURE_ARM64:
		return "aarch64";
	case PROCESSOR_ARCHITECTURE_INTEL:
		return "i686";
	default:
		return NULL;
	}
}

void platform_add_host(struct json *j)
{
	wchar_t name[NAME_MAX_HERE];
	DWORD size = NAME_MAX_HERE;
	json_begin_object(j, "host");
	if (GetComputerNameExW(ComputerNameDnsHostname, name, &size))
		add_wide(j, "name", name);
	json_add_string(j, "system", "Windows");
	add_kernel(j);
	json_add_string(j, "machine", machine_name());
	add_registry(j, "os", L"ProductName");
	add_registry(j, "release", L"DisplayVersion");
	graphics_add(j);
	json_end_object(j);
}

/* Windows has no call that tells whether its clock is synchronised; whether the service
 * that does it runs is the most that can be asked without administrator rights. */
static bool time_service_runs(void)
{
	SERVICE_STATUS status = {0};
	SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
	SC_HANDLE service = manager ? OpenServiceW(manager, L"W32Time", SERVICE_QUERY_STATUS) : NULL;
	bool runs = service && QueryServiceStatus(service, &status) &&
		    status.dwCurrentState == SERVICE_RUNNING;
	if (service)
		CloseServiceHandle(service);
	if (manager)
		CloseServiceHandle(manager);
	return runs;
}

void platform_add_clock(struct json *j)
{
	struct clock_pair now = clock_now();
	bool runs = time_service_runs();
	json_begin_object(j, "clock");
	json_add_i64(j, "wall_ns", now.wall_ns);
	json_add_i64(j, "mono_ns", now.mono_ns);
	if (!runs)
		json_add_bool(j, "synchronised", false);
	json_add_string(j, "source", runs ? "W32Time (that it runs is all that is known)" : NULL);
	json_end_object(j);
}

bool platform_folder(char *ret, size_t capacity)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	DWORD size = GetCurrentDirectoryW(WIDE_MAX, wide);
	if (size == 0 || size >= WIDE_MAX)
		return false;
	wide_string(wide, ret, capacity);
	return true;
}

void platform_add_options(struct json *j, const struct watch_options *o)
{
	(void)j, (void)o; /* none */
}

int platform_own_program(void)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	DWORD size = GetModuleFileNameW(NULL, wide, WIDE_MAX);
	if (size == 0 || size >= WIDE_MAX)
		return -1;
	HANDLE file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
				  OPEN_EXISTING, 0, NULL);
	return file == INVALID_HANDLE_VALUE ? -1 : open_at_descriptor(file, _O_RDONLY);
}
