/* SPDX-License-Identifier: Apache-2.0 */
#include "core/macos/groups.h"

#include <errno.h>
#include <unistd.h>

enum status groups_take(const struct invoker *who, struct error *err)
{
	static bool taken;
	if (taken || geteuid() != 0 || who->uid == 0)
		return OK;
	if (initgroups(who->name, (int)who->gid) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot take the groups of %s", who->name);
	taken = true;
	return OK;
}
