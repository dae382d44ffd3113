/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a distribution forbids namespaces to ordinary users: user_namespaces(7), the
 * patch of Debian that others took over, and the restriction of Ubuntu's AppArmor.
 */
#include "collectors/linux/isolate.h"

#include "core/file.h"
#include "core/text.h"

enum { SETTING_MAX = 64 };

static const struct {
	const char *path;
	int64_t forbids; /* this value, and what is below it, or above */
	bool above;
	const char *why, *remedy;
} settings[] = {
	{"user/max_user_namespaces", 0, false, "this machine allows no user namespaces (user.max_user_namespaces = 0)",
	 "as root: sysctl -w user.max_user_namespaces=10000"},
	{"user/max_net_namespaces", 0, false, "this machine allows no network namespaces (user.max_net_namespaces = 0)",
	 "as root: sysctl -w user.max_net_namespaces=10000"},
	{"kernel/unprivileged_userns_clone", 0, false,
	 "this machine keeps user namespaces from ordinary users (kernel.unprivileged_userns_clone = 0)",
	 "as root: sysctl -w kernel.unprivileged_userns_clone=1; or run it with sudo"},
	{"kernel/apparmor_restrict_unprivileged_userns", 1, true,
	 "AppArmor keeps user namespaces from programs without a profile (kernel.apparmor_restrict_unprivileged_userns = 1)",
	 "run it with sudo; or give airgap-collect an AppArmor profile with \"userns,\" as airgap-verify-session(1) shows; "
	 "or as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
};

bool isolate_forbidden(int sys, const char **ret_why, const char **ret_remedy)
{
	for (size_t i = 0; i < LENGTH(settings); i++) {
		AUTO_TEXT struct text text = text_make(SETTING_MAX);
		int64_t value;
		if (file_read(sys, settings[i].path, SETTING_MAX, &text, NULL))
			continue;
		struct cursor c = cursor_over(text_slice(&text));
		struct slice line;
		if (!cursor_line(&c, &line, NULL) || !slice_i64(line, INT64_MAX, &value))
			continue;
		if (settings[i].above ? value < settings[i].forbids : value > settings[i].forbids)
			continue;
		*ret_why = settings[i].why;
		*ret_remedy = settings[i].remedy;
		return true;
	}
	return false;
}
