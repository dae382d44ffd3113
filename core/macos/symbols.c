/* SPDX-License-Identifier: Apache-2.0 */
#include "core/macos/symbols.h"

#include <dlfcn.h>
#include <string.h>

enum status symbols_load(const char *library, const struct symbol symbols[], struct error *err)
{
	void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
	if (!handle)
		return fail(err, ERR_UNAVAILABLE, "%s cannot be loaded", library);
	for (const struct symbol *s = symbols; s->name; s++) {
		void *found = dlsym(handle, s->name);
		if (!found)
			return fail(err, ERR_UNAVAILABLE, "%s has no %s", library, s->name);
		/* POSIX: a pointer to a function is of the same size and form */
		memcpy(s->to, &found, sizeof found);
	}
	return OK;
}
