/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Linux and macOS tell alike of who asks, and with which words.
 */
#include "collectors/platform.h"

#include "core/privilege.h"

#include <unistd.h>

void platform_arguments(int *argc, char ***argv)
{
	(void)argc, (void)argv;
}

void platform_add_user(struct json *j, const struct session *s)
{
	const struct invoker *who = s->w.invoker;
	json_begin_object(j, "user");
	json_add_u64(j, "uid", who->uid);
	json_add_string(j, "name", who->name);
	json_add_string(j, "through", who->through);
	json_end_object(j);
}

bool platform_folder(char *ret, size_t capacity)
{
	return getcwd(ret, capacity) != NULL;
}
