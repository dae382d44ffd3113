/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/posture.h"

#include "collectors/linux/posture_machine.h"
#include "collectors/linux/posture_places.h"
#include "collectors/posix/tool_run.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { NO_HOME = 2 /* exit status of the user's part */ };

/* Whose rights a place is read with. */
enum part { PART_SYSTEM, PART_USER };

struct gather {
	const struct posture_options *o;
	const struct invoker *who;
	struct posture_look root, workspace;
	const char *home;
};

/* Where a place lies for this run; NULL: not of this part, or nowhere. */
static struct posture_look *locate(struct gather *g, enum part part, const char *path,
				   char ret[static FILE_PATH_MAX])
{
	bool home = path[0] == '~', workspace = path[0] == '.';
	if ((home || workspace) != (part == PART_USER))
		return NULL;
	if (workspace) {
		snprintf(ret, FILE_PATH_MAX, "%s", path);
		return g->o->workspace ? &g->workspace : NULL;
	}
	snprintf(ret, FILE_PATH_MAX, "%s%s", home ? g->home : "", path + (home ? 1 : 0));
	return &g->root;
}

static void look_at(struct gather *g, enum part part, const struct posture_place *place,
		    void (*look)(struct posture_look *l, const struct posture_place *place))
{
	char path[FILE_PATH_MAX];
	struct posture_look *l = locate(g, part, place->path, path);
	if (l)
		look(l, &(struct posture_place){place->what, place->subject, place->scope, path});
}

static void look_at_all(struct gather *g, enum part part, const struct posture_place places[],
			void (*look)(struct posture_look *l, const struct posture_place *place))
{
	for (size_t i = 0; places[i].path; i++)
		look_at(g, part, &places[i], look);
}

/* An editor's files, where each system keeps them. */
static void look_at_editor(struct gather *g, const struct posture_editor *e)
{
	static const char *const homes[] = {"~/.config", "~/Library/Application Support", "~/AppData/Roaming"};
	char path[FILE_PATH_MAX];
	struct posture_place place = {"", e->name, "user", path};
	for (size_t i = 0; i < LENGTH(homes); i++) {
		snprintf(path, sizeof path, "%s/%s", homes[i], e->settings);
		place = (struct posture_place){"program", e->name, "user", path};
		look_at(g, PART_USER, &place, posture_presence);
		snprintf(path, sizeof path, "%s/%s/User/settings.json", homes[i], e->settings);
		place.what = "editor-settings";
		look_at(g, PART_USER, &place, posture_file);
		snprintf(path, sizeof path, "%s/%s/User/profiles/*/settings.json", homes[i], e->settings);
		place.scope = "profile";
		look_at(g, PART_USER, &place, posture_file);
	}
	snprintf(path, sizeof path, "~/%s/extensions/extensions.json", e->extensions);
	place = (struct posture_place){"extensions", e->name, "user", path};
	look_at(g, PART_USER, &place, posture_file);
	snprintf(path, sizeof path, "~/%s/argv.json", e->extensions);
	place.what = "editor-argv";
	look_at(g, PART_USER, &place, posture_file);
}

static void write_recorded(struct gather *g, const struct posture_tool *tool)
{
	char path[FILE_PATH_MAX];
	AUTO_TEXT struct text text = text_make(POSTURE_TOOL_MAX);
	struct error err = {0};
	snprintf(path, sizeof path, "%s/%s.txt", g->o->tools, tool->what);
	enum status status = file_read(AT_FDCWD, path, POSTURE_TOOL_MAX, &text, &err);
	const char *state = !status ? "recorded" : status == ERR_NO_INPUT ? "missing" : "failed";
	struct json j = posture_begin(&g->root, &(struct posture_place){tool->what, "", "tool", ""}, path, state);
	if (!status)
		posture_add_text(&j, tool->what, text_slice(&text));
	posture_end(&g->root, &j);
}

/* In the system's folders; a user's own program may lie where software is installed by hand. */
static bool find_tool(const struct posture_tool *tool, char ret[static TOOL_PATH_MAX])
{
	const struct tool wanted = {.name = tool->command[0], .command = tool->command};
	if (tool_find(&wanted, ret))
		return true;
	snprintf(ret, TOOL_PATH_MAX, "/usr/local/bin/%.40s", tool->command[0]);
	return tool->as_user && access(ret, X_OK) == 0;
}

static void run_tool(struct gather *g, const struct posture_tool *tool)
{
	char path[TOOL_PATH_MAX], problem[128] = "";
	const struct posture_place place = {tool->what, "", "tool", ""};
	AUTO_TEXT struct text text = text_make(POSTURE_TOOL_MAX);
	if (!find_tool(tool, path)) {
		struct json j = posture_begin(&g->root, &place, tool->command[0], "missing");
		posture_end(&g->root, &j);
		return;
	}
	AUTO_FD int out = memfd_create("posture", MFD_CLOEXEC), errors = memfd_create("posture", MFD_CLOEXEC);
	int status = tool_execute(path, tool->command, out, errors, problem, sizeof problem);
	char part[16384];
	ssize_t got;
	for (off_t at = 0; !text.overflow && (got = pread(out, part, sizeof part, at)) > 0; at += got)
		text_add(&text, slice_of(part, (size_t)got));
	got = pread(errors, part, 512, 0);
	struct json j = posture_begin(&g->root, &place, path,
				      status != 0 ? "failed" : text.overflow ? "cut" : "read");
	json_begin_array(&j, "command");
	for (const char *const *word = tool->command; *word; word++)
		json_add_string(&j, NULL, *word);
	json_end_array(&j);
	json_add_i64(&j, "status", status);
	struct slice said = slice_of(part, got > 0 ? (size_t)got : 0);
	if (problem[0] || (status != 0 && said.size))
		json_add_slice(&j, "problem", problem[0] ? slice_of_string(problem)
							 : slice_part(said, 0, slice_find(said, '\n')));
	posture_add_text(&j, tool->what, text_slice(&text));
	posture_end(&g->root, &j);
}

static void use_tools(struct gather *g, enum part part)
{
	for (const struct posture_tool *t = posture_tools; t->what; t++) {
		if (t->as_user != (part == PART_USER))
			continue;
		if (g->o->tools)
			write_recorded(g, t);
		else if (t->command && !g->o->root)
			run_tool(g, t);
	}
}

static void gather_system(struct gather *g)
{
	look_at_all(g, PART_SYSTEM, posture_files, posture_file);
	look_at_all(g, PART_SYSTEM, posture_programs, posture_presence);
	look_at_all(g, PART_SYSTEM, posture_folders, posture_listing);
	posture_processes(&g->root);
	posture_interfaces(&g->root);
	posture_radios(&g->root);
	posture_graphics(&g->root);
	if (!g->o->root) {
		posture_clock(&g->root);
		posture_environment(&g->root);
	}
	if (!g->o->tools)
		use_tools(g, PART_SYSTEM);
}

/* Recorded outputs are somebody's files too. */
static void gather_user(struct gather *g)
{
	look_at_all(g, PART_USER, posture_files, posture_file);
	look_at_all(g, PART_USER, posture_programs, posture_presence);
	look_at_all(g, PART_USER, posture_folders, posture_listing);
	for (const struct posture_editor *e = posture_editors; e->name; e++)
		look_at_editor(g, e);
	if (g->o->tools)
		use_tools(g, PART_SYSTEM);
	use_tools(g, PART_USER);
}

static void write_heading(struct gather *g)
{
	struct json j = json_on(g->root.out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify posture");
	json_add_u64(&j, "version", 1);
	json_add_string(&j, "tool", VERSION);
	json_add_i64(&j, "time_ns", clock_now().wall_ns);
	json_add_string(&j, "root", g->o->root ? g->o->root : "/");
	json_add_string(&j, "home", g->home);
	json_add_string(&j, "workspace", g->o->workspace);
	json_end_object(&j);
	text_add_char(g->root.out, '\n');
}

static _Noreturn void run_user_part(struct gather *g, int to)
{
	AUTO_TEXT struct text text = text_make(POSTURE_MAX / 2);
	struct error err = {0};
	g->root.out = g->workspace.out = &text;
	/* root on its own behalf has no other user to become, and may look at homes */
	if (privilege_drop(g->who, g->who->uid == 0 ? CAPABILITY(CAP_DAC_READ_SEARCH) : 0, &err))
		_exit(1);
	if (g->o->workspace)
		g->workspace.root = open(g->o->workspace, O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_FD int home = g->o->home ? posture_open(&g->root, g->o->home, O_PATH | O_DIRECTORY) : -1;
	if (g->o->home && home < 0)
		_exit(NO_HOME);
	gather_user(g);
	_exit(file_write_fd(to, text_slice(&text), "the pipe", &err) ? 1 : 0);
}

/* In a process of its own, whose rights are gone for good before it opens anything:
 * what lies in a home may be a link to anywhere. */
static enum status user_part(struct gather *g, struct error *err)
{
	int ends[2], status = 0;
	char part[16384];
	ssize_t got;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	pid_t pid = fork();
	if (pid == 0)
		run_user_part(g, ends[1]);
	close(ends[1]);
	while ((got = read(ends[0], part, sizeof part)) > 0 || (got < 0 && errno == EINTR))
		text_add(g->root.out, slice_of(part, got > 0 ? (size_t)got : 0));
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == NO_HOME)
		return fail(err, ERR_NO_INPUT, "the home %s is no folder that can be looked at", g->o->home);
	if (pid < 0 || status != 0)
		return fail(err, ERR_UNAVAILABLE, "the user's settings cannot be looked at");
	return OK;
}

enum status posture_gather(const struct posture_options *o, const struct invoker *who,
			   struct text *ret, struct error *err)
{
	const char *root = o->root ? o->root : "/";
	AUTO_FD int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", root);
	struct gather g = {
		.o = o,
		.who = who,
		.root = {ret, fd},
		.workspace = {ret, -1},
		.home = o->home ? o->home : who->home,
	};
	write_heading(&g);
	gather_system(&g);
	enum status status = user_part(&g, err);
	if (!status && ret->overflow)
		status = fail(err, ERR_LIMIT, "more than %d MiB of settings", POSTURE_MAX >> 20);
	return status;
}
