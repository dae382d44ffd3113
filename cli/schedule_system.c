/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_system.h"

#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMPLATE(name) embedded_schedule_##name, &embedded_schedule_##name##_size
#define TIMER "airgap-verify-audit.timer"
#define SERVICE "airgap-verify-audit.service"
#define LABEL "airgap-verify.audit"
#define TASK "\\airgap-verify\\audit"

const struct schedule_system schedule_systems[] = {
	{
		.name = "systemd",
		.about = "a service and a timer",
		.here = "/run/systemd/system",
		.in_tree = "/etc/systemd/system",
		.program = "/usr/bin/airgap-verify",
		.format = &schedule_format_systemd,
		.machine = {
			.files = {{TEMPLATE(system_service), "/etc/systemd/system/" SERVICE},
				  {TEMPLATE(audit_timer), "/etc/systemd/system/" TIMER}},
			.installed = {{{"systemctl", "daemon-reload"}}, {{"systemctl", "enable", "--now", TIMER}}},
			.before = {{{"systemctl", "disable", "--now", TIMER}}},
			.removed = {{{"systemctl", "daemon-reload"}}},
		},
		.user = {
			.files = {{TEMPLATE(user_service), "~c/systemd/user/" SERVICE},
				  {TEMPLATE(audit_timer), "~c/systemd/user/" TIMER}},
			.installed = {{{"systemctl", "--user", "daemon-reload"}},
				      {{"systemctl", "--user", "enable", "--now", TIMER}}},
			.before = {{{"systemctl", "--user", "disable", "--now", TIMER}}},
			.removed = {{{"systemctl", "--user", "daemon-reload"}}},
		},
	},
	{
		.name = "launchd",
		.about = "a daemon of macOS that starts at times of day",
		.in_tree = "/Library/LaunchDaemons",
		.program = "/usr/local/bin/airgap-verify",
		.format = &schedule_format_launchd,
		.machine = {
			.files = {{TEMPLATE(audit_plist), "/Library/LaunchDaemons/" LABEL ".plist"}},
			.installed = {{{"launchctl", "bootstrap", "system", "@FILE"}}},
			.before = {{{"launchctl", "bootout", "system/" LABEL}}},
		},
		.user = {
			.files = {{TEMPLATE(audit_plist), "~/Library/LaunchAgents/" LABEL ".plist"}},
			.installed = {{{"launchctl", "load", "-w", "@FILE"}}},
			.before = {{{"launchctl", "unload", "-w", "@FILE"}}},
		},
	},
	{
		.name = "task",
		.about = "a task of the Windows Task Scheduler",
		.in_tree = "/ProgramData",
		.program = "C:\\Program Files\\airgap-verify\\airgap-verify.exe",
		.format = &schedule_format_task,
		.machine = {
			.files = {{TEMPLATE(task_xml), "/ProgramData/airgap-verify/audit.xml"}},
			.installed = {{{"schtasks", "/Create", "/TN", TASK, "/XML", "C:\\ProgramData\\airgap-verify\\audit.xml"}}},
			.before = {{{"schtasks", "/Delete", "/TN", TASK, "/F"}}},
		},
		.user = {
			.files = {{TEMPLATE(task_xml), "~/AppData/Local/airgap-verify/audit.xml"}},
			.installed = {{{"schtasks", "/Create", "/TN", TASK, "/XML",
					"%LOCALAPPDATA%\\airgap-verify\\audit.xml"}}},
			.before = {{{"schtasks", "/Delete", "/TN", TASK, "/F"}}},
		},
	},
	{
		.name = "cron",
		.about = "a line for cron, where nothing better is",
		.here = "/etc/cron.d",
		.in_tree = "/etc/cron.d",
		.program = "/usr/bin/airgap-verify",
		.format = &schedule_format_cron,
		.machine = {.files = {{TEMPLATE(audit_cron), "/etc/cron.d/airgap-verify"}}},
	},
};
const size_t schedule_system_count = LENGTH(schedule_systems);

bool schedule_system_runs(const struct schedule_system *s)
{
	return s->here && access(s->here, F_OK) == 0;
}

static bool is_in_tree(const struct schedule_system *s, const char *root)
{
	char path[FILE_PATH_MAX];
	return snprintf(path, sizeof path, "%s%s", root, s->in_tree) < (int)sizeof path && access(path, F_OK) == 0;
}

enum status schedule_system_find(const char *name, const char *root, const struct schedule_system **ret,
				 struct error *err)
{
	bool any = !name || !strcmp(name, "auto");
	for (size_t i = 0; i < schedule_system_count; i++) {
		const struct schedule_system *s = &schedule_systems[i];
		if (any ? (root ? is_in_tree(s, root) : schedule_system_runs(s)) : !strcmp(name, s->name)) {
			*ret = s;
			return OK;
		}
	}
	if (any)
		return fail(err, ERR_UNAVAILABLE, "neither systemd nor cron was found %s%s; name one: --system systemd|launchd|task|cron",
			    root ? "below " : "on this machine", root ? root : "");
	return fail(err, ERR_USAGE, "--system takes systemd, launchd, task, cron or auto, not \"%s\"", name);
}

/* The folder that stands for "~" or "~c" (XDG Base Directory Specification). */
static bool user_folder(bool config, char ret[static FILE_PATH_MAX])
{
	const char *home = getenv("HOME"), *settings = getenv("XDG_CONFIG_HOME");
	if (config && settings && settings[0] == '/')
		return snprintf(ret, FILE_PATH_MAX, "%s", settings) < FILE_PATH_MAX;
	return home && home[0] == '/' &&
	       snprintf(ret, FILE_PATH_MAX, "%s%s", home, config ? "/.config" : "") < FILE_PATH_MAX;
}

enum status schedule_system_path(const struct schedule_file *f, const char *root, char ret[static FILE_PATH_MAX],
				 struct error *err)
{
	char folder[FILE_PATH_MAX] = "";
	struct slice path = slice_of_string(f->path);
	bool config = slice_starts(path, "~c/"), home = slice_starts(path, "~/");
	if ((config || home) && !user_folder(config, folder))
		return fail(err, ERR_UNAVAILABLE, "there is no home folder (HOME is not set)");
	path = slice_part(path, config ? 2 : home ? 1 : 0, path.size);
	if (snprintf(ret, FILE_PATH_MAX, "%s%s%.*s", root ? root : "", folder, (int)path.size, (const char *)path.at) >=
	    FILE_PATH_MAX)
		return fail(err, ERR_USAGE, "--root \"%.80s…\" is too long", root ? root : "");
	return OK;
}
