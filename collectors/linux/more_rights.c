/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/more_rights.h"

#include "core/file.h"

#include <stdio.h>
#include <unistd.h>

#define GROUP "be in the group airgap (sudo usermod -aG airgap USER, and log in anew)"

void more_rights(const char *libexec, char *ret, size_t capacity)
{
	char script[FILE_PATH_MAX], granted[FILE_PATH_MAX];
	snprintf(script, sizeof script, "%s/rights", libexec);
	snprintf(granted, sizeof granted, "%s/granted", libexec);
	if (access(granted, F_OK) == 0)
		snprintf(ret, capacity, "run with sudo, or " GROUP);
	else if (access(script, X_OK) == 0)
		snprintf(ret, capacity, "run with sudo, or once: sudo %s grant, then " GROUP, script);
	else
		snprintf(ret, capacity, "run with sudo, or install airgap-collect and let its script give it the rights (rights grant, airgap-collect(8))");
}
