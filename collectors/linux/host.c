/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/host.h"

#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { SESSION_FILE_MAX = 32 << 20 };

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
static void add_clock(struct json *j)
{
	struct timex t = {0};
	int state = adjtimex(&t);
	struct clock_pair now = clock_now();
	json_begin_object(j, "clock");
	json_add_i64(j, "wall_ns", now.wall_ns);
	json_add_i64(j, "mono_ns", now.mono_ns);
	json_add_bool(j, "synchronised", state >= 0 && state != TIME_ERROR && !(t.status & STA_UNSYNC));
	json_add_string(j, "source", clock_source());
	if (state >= 0) {
		json_add_i64(j, "offset_ns", t.status & STA_NANO ? t.offset : t.offset * 1000);
		json_add_i64(j, "estimated_error_ns", t.esterror * 1000);
		json_add_i64(j, "maximum_error_ns", t.maxerror * 1000);
	}
	json_end_object(j);
}

static void add_host(struct json *j)
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

static void add_tool(struct json *j)
{
	unsigned char digest[HASH_SIZE];
	json_begin_object(j, "tool");
	json_add_string(j, "name", "airgap-collect");
	json_add_string(j, "version", VERSION);
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (!hash_fd(fd, digest, NULL, NULL))
			json_add_hex(j, "sha256", digest, sizeof digest);
		close(fd);
	}
	json_end_object(j);
}

static void add_user(struct json *j, const struct invoker *who)
{
	json_begin_object(j, "user");
	json_add_u64(j, "uid", who->uid);
	json_add_string(j, "name", who->name);
	json_add_string(j, "through", who->through);
	json_end_object(j);
}

/* "NAME=SHA256,…", as options.c has checked it. */
static void add_descriptions(struct json *j, const char *list)
{
	struct cursor c = cursor_over(slice_of_string(list));
	json_begin_array(j, "log_descriptions");
	while (cursor_left(&c) > 0) {
		struct slice name, sum;
		if (!cursor_until(&c, '=', cursor_left(&c), &name))
			break;
		if (!cursor_until(&c, ',', cursor_left(&c), &sum))
			sum = cursor_take(&c, cursor_left(&c));
		json_begin_object(j, NULL);
		json_add_slice(j, "name", name);
		json_add_slice(j, "sha256", sum);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_options(struct json *j, const struct watch_options *o)
{
	json_begin_object(j, "options");
	json_add_string(j, "scope", o->host ? "host" : "session");
	json_add_i64(j, "duration_ns", o->duration_ns);
	json_add_i64(j, "linger_ns", o->linger_ns);
	json_add_i64(j, "interval_ns", o->interval_ns);
	json_add_u64(j, "ring_bytes", o->ring_bytes);
	json_add_string(j, "packets", o->payload ? "payload" : "headers");
	if (o->pid)
		json_add_i64(j, "pid", o->pid);
	json_begin_array(j, "app_logs");
	for (size_t i = 0; i < o->log_count; i++)
		json_add_string(j, NULL, o->logs[i]);
	json_end_array(j);
	if (o->log_timezone)
		json_add_string(j, "log_timezone", o->log_timezone);
	if (o->log_descriptions)
		add_descriptions(j, o->log_descriptions);
	json_end_object(j);
}

static void add_policy(struct json *j, const char *policy)
{
	unsigned char digest[HASH_SIZE];
	struct slice text = slice_of_string(policy ? policy : "");
	hash_bytes(text, digest);
	json_begin_object(j, "policy");
	json_add_hex(j, "sha256", digest, sizeof digest);
	json_add_slice(j, "text", text);
	json_end_object(j);
}

enum status host_write_session(const struct watch *w, const char *tier, struct error *err)
{
	char folder[FILE_PATH_MAX], started[CLOCK_TEXT_MAX];
	int64_t now = clock_now().wall_ns;
	AUTO_TEXT struct text text = text_make(SESSION_FILE_MAX);
	struct json j = json_on(&text);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify session");
	json_add_u64(&j, "version", 1);
	json_add_string(&j, "id", w->options->id);
	json_add_i64(&j, "started_ns", now);
	clock_text(now, 3, started);
	json_add_string(&j, "started", started);
	json_add_string(&j, "tier", tier);
	json_begin_array(&j, "command");
	for (char **word = w->options->command; word && *word; word++)
		json_add_string(&j, NULL, *word);
	json_end_array(&j);
	json_add_string(&j, "folder", getcwd(folder, sizeof folder));
	add_tool(&j);
	add_user(&j, &w->invoker);
	add_host(&j);
	add_clock(&j);
	add_options(&j, w->options);
	add_policy(&j, w->options->policy);
	json_end_object(&j);
	text_add_char(&text, '\n');
	if (text.overflow)
		return fail(err, ERR_LIMIT, "session.json: the command line is longer than %d MiB",
			    SESSION_FILE_MAX >> 20);
	return file_write(w->folder, "session.json", text_slice(&text), err);
}
