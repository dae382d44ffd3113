/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is the same wherever users have numbers; giving up rights is privilege_drop.c,
 * and on macOS macos/privilege_drop.c.
 */
#include "core/privilege.h"

#include "core/cursor.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void describe(struct invoker *who, const struct passwd *entry)
{
	if (!entry) {
		snprintf(who->name, sizeof who->name, "uid %u", who->uid);
		snprintf(who->home, sizeof who->home, "/");
		snprintf(who->shell, sizeof who->shell, "/bin/sh");
		return;
	}
	who->gid = entry->pw_gid;
	snprintf(who->name, sizeof who->name, "%s", entry->pw_name);
	snprintf(who->home, sizeof who->home, "%s", entry->pw_dir);
	snprintf(who->shell, sizeof who->shell, "%s", entry->pw_shell);
}

/* The user that `variable` names, by number or by name. */
static const struct passwd *user_named_by(const char *variable)
{
	const char *value = getenv(variable);
	uint64_t uid;
	if (!value || !*value)
		return NULL;
	if (slice_u64(slice_of_string(value), UINT32_MAX - 1, &uid))
		return getpwuid((uid_t)uid);
	return getpwnam(value);
}

enum status privilege_invoker(struct invoker *ret, struct error *err)
{
	static const struct {
		const char *variable, *through;
	} helpers[] = {{"SUDO_UID", "sudo"}, {"DOAS_USER", "doas"}, {"PKEXEC_UID", "pkexec"}};

	*ret = (struct invoker){.uid = getuid(), .gid = getgid()};
	if (ret->uid == 0 && geteuid() == 0) {
		for (size_t i = 0; i < LENGTH(helpers); i++) {
			const struct passwd *entry = user_named_by(helpers[i].variable);
			if (!entry)
				continue;
			ret->uid = entry->pw_uid;
			ret->through = entry->pw_uid ? helpers[i].through : NULL;
			describe(ret, entry);
			return OK;
		}
	}
	if (ret->uid != geteuid())
		return fail(err, ERR_PERMISSION,
			    "installed set-user-id, which this program is not made for: give it file capabilities");
	describe(ret, getpwuid(ret->uid));
	if (ret->uid != 0)
		ret->gid = getgid();
	return OK;
}

void privilege_environment(const struct invoker *who)
{
	static const char *const marks[] = {"SUDO_UID",  "SUDO_GID",    "SUDO_USER", "SUDO_COMMAND",
					    "SUDO_HOME", "SUDO_PROMPT", "DOAS_USER", "PKEXEC_UID"};
	if (!who->through)
		return;
	for (size_t i = 0; i < LENGTH(marks); i++)
		unsetenv(marks[i]);
	setenv("HOME", who->home, 1);
	setenv("USER", who->name, 1);
	setenv("LOGNAME", who->name, 1);
	setenv("SHELL", who->shell, 1);
}
