/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/posture_machine.h"

#include "collectors/linux/posture_mask.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/timex.h>

enum {
	PROCESS_TEXT_MAX = 256 << 10,
	PROCESSES_MAX = 256, /* that are recorded */
	SMALL_MAX = 4096,
};

extern char **environ;

/* Parts of a name or of the arguments by which servers and port forwards are found. */
static const char *const wanted[] = {
	"ollama", "llama-server", "llama.cpp", "vllm", "lmstudio", "lm-studio", "lm studio", "llmster",
	"docker-proxy", "rootlessport", "slirp4netns", "pasta", "socat", "gvproxy",
};

static bool contains(struct slice text, const char *part)
{
	size_t size = strlen(part);
	for (size_t i = 0; i + size <= text.size; i++)
		if (slice_is_nocase(slice_part(text, i, size), part))
			return true;
	return false;
}

static bool is_wanted(struct slice text)
{
	for (size_t i = 0; i < LENGTH(wanted); i++)
		if (contains(text, wanted[i]))
			return true;
	return false;
}

/* A value with a line end in it would read as two. */
static void add_one_line(struct text *t, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		text_add_char(t, bytes.at[i] < ' ' ? ' ' : (char)bytes.at[i]);
}

/* The word behind "--api-key" is as secret as the one behind "--api-key=". */
static void add_arguments(struct text *t, struct slice raw)
{
	struct cursor c = cursor_over(raw);
	struct slice word;
	bool secret = false;
	while (cursor_until(&c, 0, PROCESS_TEXT_MAX, &word)) {
		text_add_char(t, ' ');
		if (secret)
			text_add_string(t, POSTURE_MASKED);
		else
			add_one_line(t, word);
		secret = slice_find(word, '=') == word.size && posture_is_secret(word);
	}
}

static void add_variables(struct text *t, struct slice raw)
{
	struct cursor c = cursor_over(raw);
	struct slice entry;
	while (cursor_until(&c, 0, PROCESS_TEXT_MAX, &entry)) {
		if (!posture_is_variable(entry))
			continue;
		text_add_string(t, "env.");
		add_one_line(t, entry);
		text_add_char(t, '\n');
	}
}

static bool look_at_process(struct posture_look *l, const char *pid)
{
	static const struct posture_place place = {"process", "", "system", ""};
	AUTO_TEXT struct text name = {0}, arguments = {0}, variable = {0};
	AUTO_TEXT struct text shown = text_make(PROCESS_TEXT_MAX), out = text_make(2 * PROCESS_TEXT_MAX);
	char path[64];
	snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
	const char *state = posture_read(l, path, SMALL_MAX, &name);
	snprintf(path, sizeof path, "/proc/%.20s/cmdline", pid);
	posture_read(l, path, PROCESS_TEXT_MAX - SMALL_MAX, &arguments);
	add_arguments(&shown, text_slice(&arguments));
	if (strcmp(state, "read") != 0 ||
	    (!is_wanted(slice_trim(text_slice(&name))) && !is_wanted(text_slice(&shown))))
		return false;
	snprintf(path, sizeof path, "/proc/%.20s/environ", pid);
	const char *environment = posture_read(l, path, PROCESS_TEXT_MAX, &variable);
	text_addf(&out, "pid=%s\ncomm=", pid);
	struct slice comm = text_slice(&name);
	add_one_line(&out, slice_part(comm, 0, slice_find(comm, '\n')));
	text_add_string(&out, "\nargs=");
	text_add(&out, text_slice(&shown));
	text_addf(&out, "\nenvironment=%s\n", environment);
	add_variables(&out, text_slice(&variable));
	snprintf(path, sizeof path, "/proc/%.20s", pid);
	struct json j = posture_begin(l, &place, path, "read");
	posture_add_text(&j, place.what, text_slice(&out));
	posture_end(l, &j);
	return true;
}

/* Calls `each` for the names in a folder below the root; they come in no order. */
static void each_name(struct posture_look *l, const char *path,
		      bool (*each)(struct posture_look *l, const char *name, struct text *to),
		      struct text *to)
{
	int fd = posture_open(l, path, O_RDONLY | O_DIRECTORY);
	AUTO_DIR DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	size_t count = 0;
	while (dir && count < PROCESSES_MAX && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			count += each(l, entry->d_name, to);
}

static bool each_process(struct posture_look *l, const char *name, struct text *to)
{
	uint64_t pid;
	(void)to;
	return slice_u64(slice_of_string(name), INT32_MAX, &pid) && look_at_process(l, name);
}

void posture_processes(struct posture_look *l)
{
	each_name(l, "/proc", each_process, NULL);
}

/* The first line of a small file; empty where there is none. */
static struct slice first_line(struct posture_look *l, const char *folder, const char *name,
			       const char *file, struct text *ret)
{
	char path[FILE_PATH_MAX];
	struct slice line = {0};
	snprintf(path, sizeof path, "%s/%.255s/%s", folder, name, file);
	posture_read(l, path, SMALL_MAX, ret);
	struct cursor c = cursor_over(text_slice(ret));
	return cursor_line(&c, &line, NULL) ? slice_trim(line) : line;
}

static bool each_interface(struct posture_look *l, const char *name, struct text *to)
{
	AUTO_TEXT struct text state = {0};
	char path[FILE_PATH_MAX];
	struct slice word = first_line(l, "/sys/class/net", name, "operstate", &state);
	snprintf(path, sizeof path, "/sys/class/net/%.255s/wireless", name);
	AUTO_FD int wireless = posture_open(l, path, O_PATH);
	text_addf(to, "%s %.*s %s\n", name, (int)word.size, word.size ? (const char *)word.at : "",
		  wireless >= 0 ? "wireless" : "wired");
	return true;
}

static bool each_radio(struct posture_look *l, const char *name, struct text *to)
{
	AUTO_TEXT struct text type = {0}, soft = {0}, hard = {0};
	struct slice word = first_line(l, "/sys/class/rfkill", name, "type", &type);
	bool blocked = slice_is(first_line(l, "/sys/class/rfkill", name, "soft", &soft), "1") ||
		       slice_is(first_line(l, "/sys/class/rfkill", name, "hard", &hard), "1");
	text_addf(to, "%s %.*s %s\n", name, (int)word.size, word.size ? (const char *)word.at : "",
		  blocked ? "blocked" : "on");
	return true;
}

static bool each_card(struct posture_look *l, const char *name, struct text *to)
{
	AUTO_TEXT struct text total = {0};
	struct slice bytes = first_line(l, "/sys/class/drm", name, "device/mem_info_vram_total", &total);
	if (bytes.size == 0 || !slice_starts(slice_of_string(name), "card") || strchr(name, '-'))
		return false;
	text_addf(to, "%s %.*s\n", name, (int)bytes.size, (const char *)bytes.at);
	return true;
}

static void write_names(struct posture_look *l, const struct posture_place *place,
			bool (*each)(struct posture_look *l, const char *name, struct text *to))
{
	AUTO_TEXT struct text text = text_make(POSTURE_FILE_MAX);
	AUTO_FD int fd = posture_open(l, place->path, O_PATH);
	each_name(l, place->path, each, &text);
	struct json j = posture_begin(l, place, place->path, fd >= 0 ? "read" : "absent");
	posture_add_text(&j, place->what, text_slice(&text));
	posture_end(l, &j);
}

void posture_interfaces(struct posture_look *l)
{
	write_names(l, &(struct posture_place){"interfaces", "", "system", "/sys/class/net"}, each_interface);
}

void posture_radios(struct posture_look *l)
{
	write_names(l, &(struct posture_place){"radios", "", "system", "/sys/class/rfkill"}, each_radio);
}

void posture_graphics(struct posture_look *l)
{
	write_names(l, &(struct posture_place){"graphics", "", "system", "/sys/class/drm"}, each_card);
}

void posture_clock(struct posture_look *l)
{
	static const struct posture_place place = {"clock", "", "system", "adjtimex"};
	struct timex t = {0};
	int state = adjtimex(&t);
	bool good = state >= 0 && state != TIME_ERROR && !(t.status & STA_UNSYNC);
	struct json j = posture_begin(l, &place, place.path, state < 0 ? "failed" : "read");
	posture_add_text(&j, place.what, good ? SLICE("synchronised=yes\n") : SLICE("synchronised=no\n"));
	posture_end(l, &j);
}

void posture_environment(struct posture_look *l)
{
	static const struct posture_place place = {"environment", "", "user", "environ"};
	AUTO_TEXT struct text text = text_make(POSTURE_FILE_MAX);
	for (char **entry = environ; entry && *entry; entry++) {
		if (!posture_is_variable(slice_of_string(*entry)))
			continue;
		add_one_line(&text, slice_of_string(*entry));
		text_add_char(&text, '\n');
	}
	struct json j = posture_begin(l, &place, place.path, "read");
	posture_add_text(&j, place.what, text_slice(&text));
	posture_end(l, &j);
}
