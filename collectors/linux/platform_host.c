/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What session.json tells of the machine and its clock.
 */
#include "collectors/linux/platform_state.h"

#include "collectors/linux/enforce.h"
#include "collectors/posix/platform_clock.h"
#include "core/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The first line of a small file; "" where there is none. */
static void read_line(const char *path, char *ret, size_t capacity)
{
	AUTO_TEXT struct text text = text_make(4096);
	struct slice line = {0};
	ret[0] = 0;
	if (file_read(AT_FDCWD, path, 4096, &text, NULL))
		return;
	struct cursor c = cursor_over(text_slice(&text));
	if (cursor_line(&c, &line, NULL))
		slice_to_string(slice_trim(line), ret, capacity);
}

/* os-release(5): PRETTY_NAME="…" */
static void add_os(struct json *j)
{
	AUTO_TEXT struct text text = text_make(16384);
	struct slice line;
	/* /etc/os-release is a link on most systems */
	if (file_read(AT_FDCWD, "/usr/lib/os-release", 16384, &text, NULL))
		return;
	struct cursor c = cursor_over(text_slice(&text));
	while (cursor_line(&c, &line, NULL)) {
		if (!slice_starts(line, "PRETTY_NAME="))
			continue;
		line = slice_part(line, strlen("PRETTY_NAME="), line.size);
		if (line.size >= 2 && line.at[0] == '"')
			line = slice_part(line, 1, line.size - 2);
		json_add_slice(j, "os", line);
	}
}

static const char *clock_source(void)
{
	static const struct {
		const char *path, *name;
	} marks[] = {
		{"/run/chrony/chronyd.pid", "chrony"},
		{"/run/chronyd.pid", "chrony"},
		{"/run/systemd/timesync/synchronized", "systemd-timesyncd"},
		{"/run/ntpd.pid", "ntpd"},
		{"/run/ntpd/ntpd.pid", "ntpd"},
		{"/run/openntpd.pid", "openntpd"},
		{"/run/ntpsec/ntpd.pid", "ntpsec"},
		{"/run/ptp4l", "ptp4l"},
	};
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (access(marks[i].path, F_OK) == 0)
			return marks[i].name;
	return NULL;
}

/* adjtimex(2): what the kernel believes of its own clock. */
void platform_add_clock(struct json *j)
{
	struct timex t = {0};
	int state = adjtimex(&t);
	platform_clock_add(j, state, &t, clock_source());
}

void platform_add_host(struct json *j)
{
	struct utsname u;
	char boot[64];
	json_begin_object(j, "host");
	if (uname(&u) == 0) {
		json_add_string(j, "name", u.nodename);
		json_add_string(j, "system", u.sysname);
		json_add_string(j, "kernel", u.release);
		json_add_string(j, "kernel_version", u.version);
		json_add_string(j, "machine", u.machine);
	}
	add_os(j);
	read_line("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
	json_add_string(j, "boot_id", boot);
	json_end_object(j);
}

void platform_add_options(struct json *j, const struct watch_options *o)
{
	if (o->isolate)
		json_add_bool(j, "isolated", true);
	if (o->enforce)
		json_add_bool(j, "enforce", o->enforce->on);
	if (o->enforce)
		json_add_bool(j, "fail_closed", o->enforce->fail_closed);
	if (o->later)
		json_add_bool(j, "later", true);
}

int platform_own_program(void)
{
	return open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
}
