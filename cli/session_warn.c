/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session_warn.h"

#include <string.h>
#include <unistd.h>

enum { PATH_SHOWN_MAX = 4096 };

void session_warn(const struct session_warn *w, struct text *ret)
{
	for (size_t i = 0; i < w->log_count; i++) {
		/* as airgap-collect takes it: no name has a '/' in it */
		size_t name = strcspn(w->logs[i], "=/");
		const char *path = name > 0 && w->logs[i][name] == '=' ? w->logs[i] + name + 1 : w->logs[i];
		if (access(path, F_OK) == 0)
			continue;
		text_add_string(ret, "airgap-verify: --app-log ");
		text_add_printable(ret, slice_of_string(path), PATH_SHOWN_MAX);
		text_add_string(ret, " is not there yet; if it never comes, the session is not PASS\n");
	}
	if (w->isolated && w->root)
		text_add_string(ret, "airgap-verify: --isolate as root is never PASS, since root may change what the machine itself runs: "
				     "run it as an ordinary user\n");
}
