/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/macos/rights.h"

#include "core/macos/groups.h"

#include <errno.h>
#include <unistd.h>

enum status rights_lower(const struct invoker *who, struct error *err)
{
	if (geteuid() != 0 || who->uid == 0)
		return OK;
	enum status status = groups_take(who, err);
	if (status)
		return status;
	if (setegid(who->gid) != 0 || seteuid(who->uid) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot act as %s", who->name);
	return OK;
}

void rights_raise(void)
{
	if (getuid() == 0 && seteuid(0) == 0)
		setegid(getgid());
}
