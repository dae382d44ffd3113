/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rights on macOS are those of the user: root has them, nobody else has.
 */
#include "core/privilege.h"

#include "core/macos/groups.h"

#include <errno.h>
#include <unistd.h>

bool privilege_full(void)
{
	return geteuid() == 0;
}

/* setgid(2) and setuid(2), called by root, change the saved ones too. */
enum status privilege_become(const struct invoker *who, struct error *err)
{
	enum status status = groups_take(who, err);
	if (status)
		return status;
	if (getuid() == who->uid && geteuid() == who->uid)
		return OK;
	if (setgid(who->gid) != 0 || setuid(who->uid) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot become %s", who->name);
	return OK;
}

enum status privilege_drop(const struct invoker *who, uint64_t keep, struct error *err)
{
	if (keep)
		return fail(err, ERR_INTERNAL, "there are no capabilities to keep on macOS");
	enum status status = privilege_become(who, err);
	if (status)
		return status;
	/* shown, not believed */
	if (who->uid != 0 && (setuid(0) == 0 || seteuid(0) == 0))
		return fail(err, ERR_INTERNAL, "privileges could not be given up");
	return OK;
}
