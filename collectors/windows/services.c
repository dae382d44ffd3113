/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/services.h"

#include "core/clock.h"
#include "core/windows/wide.h"

#include <windows.h>

#include <stdlib.h>

enum { TRIES = 4, NAME_MAX_HERE = 257 /* units of a service's name, its end included */ };

static bool list(struct services *s, SC_HANDLE manager)
{
	for (int i = 0; i < TRIES; i++) {
		DWORD more = 0, count = 0, from = 0;
		if (EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_ACTIVE,
					  s->bytes, s->capacity, &more, &count, &from, NULL)) {
			s->count = count;
			return true;
		}
		if (GetLastError() != ERROR_MORE_DATA || s->capacity + more > SERVICES_LIST_MAX)
			return false;
		s->capacity += more + more / 4;
		s->bytes = must_realloc(s->bytes, s->capacity, 1);
	}
	return false;
}

void services_look(struct services *s)
{
	int64_t now = clock_mono();
	if (s->read_ns && now - s->read_ns < CLOCK_SECOND)
		return;
	s->read_ns = now;
	s->count = 0;
	SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
	if (!manager)
		return;
	if (!list(s, manager))
		s->count = 0;
	CloseServiceHandle(manager);
}

void services_add(const struct services *s, struct json *j, uint32_t pid)
{
	const ENUM_SERVICE_STATUS_PROCESSW *at = (const void *)s->bytes;
	unsigned named = 0;
	for (uint32_t i = 0; i < s->count && named < SERVICES_NAMED_MAX; i++) {
		char name[4 * NAME_MAX_HERE];
		if (at[i].ServiceStatusProcess.dwProcessId != pid)
			continue;
		if (named++ == 0)
			json_begin_array(j, "services");
		wide_string(at[i].lpServiceName, name, sizeof name);
		json_add_string(j, NULL, name);
	}
	if (named)
		json_end_array(j);
}

void services_free(struct services *s)
{
	free(s->bytes);
	*s = (struct services){0};
}
