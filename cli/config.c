/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static bool base(char ret[static FILE_PATH_MAX])
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && config[0] == '/')
		return snprintf(ret, FILE_PATH_MAX, "%s", config) < FILE_PATH_MAX;
	return home && home[0] == '/' &&
	       snprintf(ret, FILE_PATH_MAX, "%s/.config", home) < FILE_PATH_MAX;
}

bool config_path(const char *name, char ret[static FILE_PATH_MAX])
{
	char above[FILE_PATH_MAX];
	return base(above) &&
	       snprintf(ret, FILE_PATH_MAX, "%s/airgap-verify/%s", above, name) < FILE_PATH_MAX;
}

enum status config_make(struct error *err)
{
	char above[FILE_PATH_MAX], folder[FILE_PATH_MAX];
	if (!base(above) ||
	    snprintf(folder, sizeof folder, "%s/airgap-verify", above) >= (int)sizeof folder)
		return fail(err, ERR_UNAVAILABLE, "there is no home folder (HOME is not set)");
	enum status status = file_have_folder(AT_FDCWD, above, err);
	return status ? status : file_have_folder(AT_FDCWD, folder, err);
}
