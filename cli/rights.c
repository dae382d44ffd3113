/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/rights.h"

#include "core/privilege.h"

/* Root on its own behalf keeps the right to write where it stands: it has no other user
 * to become. */
enum status rights_give_up(struct error *err)
{
	enum { CAP_DAC_OVERRIDE_NUMBER = 1 };
	struct invoker who;
	enum status status = privilege_invoker(&who, err);
	if (status)
		return status;
	status = privilege_drop(&who, who.uid == 0 ? CAPABILITY(CAP_DAC_OVERRIDE_NUMBER) : 0, err);
	privilege_environment(&who);
	return status;
}
