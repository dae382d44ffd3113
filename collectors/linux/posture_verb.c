/* SPDX-License-Identifier: Apache-2.0 */
/*
 * airgap-collect posture [--root DIR] [--home DIR] [--workspace DIR] [--tools DIR]
 */
#include "collectors/linux/posture.h"
#include "collectors/platform.h"

#include <string.h>

enum status platform_posture(int argc, char *argv[], struct text *ret, struct error *err)
{
	struct posture_options o = {0};
	const struct {
		const char *name;
		const char **value;
	} options[] = {
		{"--root", &o.root}, {"--home", &o.home}, {"--workspace", &o.workspace}, {"--tools", &o.tools},
	};
	for (int i = 0; i < argc; i += 2) {
		size_t at = 0;
		while (at < LENGTH(options) && strcmp(options[at].name, argv[i]) != 0)
			at++;
		if (at == LENGTH(options) || i + 1 == argc)
			return fail(err, ERR_USAGE, "posture: %s is no option, or lacks its folder", argv[i]);
		*options[at].value = argv[i + 1];
	}
	if (o.home && o.home[0] != '/')
		return fail(err, ERR_USAGE, "--home takes a whole path, not \"%s\"", o.home);
	struct invoker who;
	enum status status = privilege_invoker(&who, err);
	return status ? status : posture_gather(&o, &who, ret, err);
}
