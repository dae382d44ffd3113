/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_FILES_H
#define CLI_FLEET_FILES_H

/*
 * Which bundles a command line names: files, and what ends in ".zip" below folders.
 */

#include "core/arena.h"
#include "core/error.h"

struct fleet_files {
	struct arena *arena; /* owned */
	const char **paths;  /* owned; as they were named, of a folder in the order of their bytes */
	size_t count, capacity;
};

/* `ret` is to be freed in any case. Fails past the limits of core/file.h. */
enum status fleet_files_find(char *const names[], size_t count, struct fleet_files *ret, struct error *err) MUST_CHECK;
void fleet_files_free(struct fleet_files *f);

#endif
