/* SPDX-License-Identifier: Apache-2.0 */
#include "core/privilege.h"

#include "core/cursor.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
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

static bool read_capabilities(uint64_t *ret_effective, uint64_t *ret_permitted)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {0};
	if (syscall(SYS_capget, &header, data) != 0)
		return false;
	*ret_effective = (uint64_t)data[1].effective << 32 | data[0].effective;
	*ret_permitted = (uint64_t)data[1].permitted << 32 | data[0].permitted;
	return true;
}

static bool write_capabilities(uint64_t set, uint64_t inheritable)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	for (int i = 0; i < 2; i++) {
		data[i].effective = data[i].permitted = (uint32_t)(set >> 32 * i);
		data[i].inheritable = (uint32_t)(inheritable >> 32 * i);
	}
	return syscall(SYS_capset, &header, data) == 0;
}

bool privilege_full(void)
{
	uint64_t effective = 0, permitted = 0;
	const uint64_t needed = CAPABILITY(CAP_BPF) | CAPABILITY(CAP_NET_ADMIN) |
				CAPABILITY(CAP_PERFMON) | CAPABILITY(CAP_NET_RAW);
	return read_capabilities(&effective, &permitted) &&
	       ((effective & needed) == needed || (effective & CAPABILITY(CAP_SYS_ADMIN)));
}

static enum status change_user(const struct invoker *who, struct error *err)
{
	if (geteuid() == 0 && who->uid != 0 && initgroups(who->name, who->gid) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot take the groups of %s", who->name);
	if (getuid() == who->uid && geteuid() == who->uid)
		return OK;
	if (setresgid(who->gid, who->gid, who->gid) != 0 ||
	    setresuid(who->uid, who->uid, who->uid) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot become %s", who->name);
	return OK;
}

enum status privilege_become(const struct invoker *who, struct error *err)
{
	return change_user(who, err);
}

static enum status raise_ambient(uint64_t keep, struct error *err)
{
	for (unsigned long i = 0; i < 64; i++)
		if ((keep & CAPABILITY(i)) &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0) != 0)
			return fail_errno(err, ERR_PERMISSION, errno, "cannot keep a capability");
	return OK;
}

enum status privilege_drop(const struct invoker *who, uint64_t keep, struct error *err)
{
	uint64_t effective = 0, permitted = 0;
	if (!read_capabilities(&effective, &permitted))
		return fail_errno(err, ERR_PERMISSION, errno, "cannot read the capabilities");
	keep &= permitted;
	if (keep && prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot keep capabilities");
	enum status status = change_user(who, err);
	if (status)
		return status;
	if (!write_capabilities(keep, keep))
		return fail_errno(err, ERR_PERMISSION, errno, "cannot drop the capabilities");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot set no_new_privs");
	prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0);
	status = raise_ambient(keep, err);
	if (status)
		return status;
	/* shown, not believed */
	if (!read_capabilities(&effective, &permitted) || permitted != keep ||
	    (who->uid != 0 && setuid(0) == 0))
		return fail(err, ERR_INTERNAL, "privileges could not be given up");
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
