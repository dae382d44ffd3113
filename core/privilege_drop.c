/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capabilities(7)
 */
#include "core/privilege.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

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

bool privilege_none(void)
{
	return write_capabilities(0, 0);
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
	/* who is watched runs as the same user: it is not to trace us, read our memory or take
	 * our descriptors (ptrace(2), "Ptrace access mode checking"), nor a core dump be made */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot keep others out of this process");
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	status = raise_ambient(keep, err);
	if (status)
		return status;
	/* shown, not believed */
	if (!read_capabilities(&effective, &permitted) || permitted != keep ||
	    (who->uid != 0 && setuid(0) == 0))
		return fail(err, ERR_INTERNAL, "privileges could not be given up");
	return OK;
}
