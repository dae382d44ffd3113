/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ENDPOINT_FILES_H
#define CLI_ENDPOINT_FILES_H

/*
 * The site's own rules of what connections are for: --endpoints, the folders endpoints.d,
 * and those that a session keeps below its folder, so that any machine judges it by them.
 */

#include "analysis/endpoints.h"
#include "cli/arguments.h"
#include "core/store.h"

#define ENDPOINTS_FOLDER "endpoints.d"

/* Those of the build, of /etc/airgap-verify/endpoints.d, of ~/.config, and the named ones
 * (`named` may be NULL). Whatever it says, `ret` is to be freed. */
enum status endpoint_files_load(const struct argument_list *named, struct endpoints **ret, struct error *err) MUST_CHECK;

/* Those of the build, those that a session's folder keeps, and the named ones, likewise.
 * Named ones that are the last that it keeps already are left out. `ret_kept` is how many
 * files the folder has; where there are more, they are to be kept. */
enum status endpoint_files_kept(int folder, const struct argument_list *named, struct endpoints **ret, size_t *ret_kept,
				struct error *err) MUST_CHECK;

/* Writes the files from number `from` on into a session's folder, which keeps those before.
 * `ret` are all under the names that they have there, as endpoint_files_kept() would read them. */
enum status endpoint_files_keep(int folder, const struct endpoints *all, size_t from, struct endpoints **ret,
				struct error *err) MUST_CHECK;

/* Puts the site's own into a database, in the place of those that were there. */
enum status endpoint_files_store(struct store *store, const struct endpoints *all, struct error *err) MUST_CHECK;

static inline void endpoint_files_free(struct endpoints **all)
{
	endpoints_free(*all);
	*all = NULL;
}

#define AUTO_ENDPOINTS __attribute__((cleanup(endpoint_files_free)))

#endif
