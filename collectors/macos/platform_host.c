/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What session.json tells of the machine and its clock.
 */
#include "collectors/macos/platform_state.h"

#include "collectors/posix/platform_clock.h"
#include "core/file.h"

#include <fcntl.h>
#include <mach-o/dyld.h>
#include <stdio.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/utsname.h>

enum { VALUE_MAX = 256 };

/* sysctl(3); "" where there is none of that name. */
static void read_value(const char *name, char ret[static VALUE_MAX])
{
	size_t size = VALUE_MAX - 1;
	if (sysctlbyname(name, ret, &size, NULL, 0) != 0)
		size = 0;
	ret[size] = 0;
}

static void add_value(struct json *j, const char *member, const char *name)
{
	char value[VALUE_MAX];
	read_value(name, value);
	if (value[0])
		json_add_string(j, member, value);
}

static void add_os(struct json *j)
{
	char version[VALUE_MAX], build[VALUE_MAX], text[2 * VALUE_MAX + 16];
	read_value("kern.osproductversion", version);
	read_value("kern.osversion", build);
	snprintf(text, sizeof text, "macOS %s (%s)", version, build);
	json_add_string(j, "os", text);
}

static void add_boot(struct json *j)
{
	struct timeval boot;
	size_t size = sizeof boot;
	add_value(j, "boot_id", "kern.bootsessionuuid");
	if (sysctlbyname("kern.boottime", &boot, &size, NULL, 0) == 0)
		json_add_i64(j, "boot_ns", (int64_t)boot.tv_sec * CLOCK_SECOND + boot.tv_usec * 1000);
}

/* On Apple's own processors the graphics have no memory but the machine's, of which they may
 * take what the system sees fit (0) or was told. */
static void add_memory(struct json *j, bool unified)
{
	uint64_t bytes, limit_mb = 0;
	size_t size = sizeof bytes;
	if (sysctlbyname("hw.memsize", &bytes, &size, NULL, 0) == 0)
		json_add_u64(j, "memory_bytes", bytes);
	json_add_bool(j, "memory_unified", unified);
	size = sizeof limit_mb;
	if (unified && sysctlbyname("iogpu.wired_limit_mb", &limit_mb, &size, NULL, 0) == 0 && limit_mb > 0 && limit_mb < 1 << 30)
		json_add_u64(j, "graphics_limit_bytes", limit_mb << 20);
}

void platform_add_host(struct json *j)
{
	struct utsname u;
	json_begin_object(j, "host");
	if (uname(&u) == 0) {
		json_add_string(j, "name", u.nodename);
		json_add_string(j, "system", u.sysname);
		json_add_string(j, "kernel", u.release);
		json_add_string(j, "kernel_version", u.version);
		json_add_string(j, "machine", u.machine);
		add_memory(j, strcmp(u.machine, "arm64") == 0);
	}
	add_os(j);
	add_value(j, "model", "hw.model");
	add_boot(j);
	json_end_object(j);
}

/* ntp_adjtime(2): what the kernel believes of its own clock; timed sets it. */
void platform_add_clock(struct json *j)
{
	struct timex t = {0};
	int state = ntp_adjtime(&t);
	platform_clock_add(j, state, &t, NULL);
}

void platform_add_options(struct json *j, const struct watch_options *o)
{
	(void)j, (void)o; /* none */
}

int platform_own_program(void)
{
	char path[FILE_PATH_MAX];
	uint32_t size = sizeof path;
	return _NSGetExecutablePath(path, &size) == 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
}
