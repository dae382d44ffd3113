/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/host.h"

#include "collectors/platform.h"
#include "core/auto.h"
#include "core/file.h"

enum { SESSION_FILE_MAX = 32 << 20 };

static void add_tool(struct json *j)
{
	unsigned char digest[HASH_SIZE];
	json_begin_object(j, "tool");
	json_add_string(j, "name", "airgap-collect");
	json_add_string(j, "version", VERSION);
	AUTO_FD int fd = platform_own_program();
	if (fd >= 0 && !hash_fd(fd, digest, NULL, NULL))
		json_add_hex(j, "sha256", digest, sizeof digest);
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
	if (o->trace)
		json_add_string(j, "trace", o->trace);
	platform_add_options(j, o);
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

enum status host_write_session(const struct session *s, const char *tier, struct error *err)
{
	const struct watch *w = &s->w;
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
	json_add_string(&j, "folder", platform_folder(folder, sizeof folder) ? folder : NULL);
	add_tool(&j);
	platform_add_user(&j, s);
	platform_add_host(&j);
	platform_add_clock(&j);
	add_options(&j, w->options);
	add_policy(&j, w->options->policy);
	json_end_object(&j);
	text_add_char(&text, '\n');
	if (text.overflow)
		return fail(err, ERR_LIMIT, "session.json: the command line is longer than %d MiB",
			    SESSION_FILE_MAX >> 20);
	return file_write(w->folder, "session.json", text_slice(&text), err);
}
