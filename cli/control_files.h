/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CONTROL_FILES_H
#define CLI_CONTROL_FILES_H

/*
 * The site's own frameworks: --controls, the files controls.tsv of the machine and of the
 * user, and those that a session keeps below its folder, so that any machine tells of the
 * same objectives.
 */

#include "analysis/frameworks.h"
#include "cli/arguments.h"
#include "core/store.h"

#define CONTROLS_FOLDER "controls.d"

/* Those of the build, of /etc/airgap-verify/controls.tsv, of ~/.config, and the named ones
 * (`named` may be NULL). Whatever it says, `ret` is to be freed. */
enum status control_files_load(const struct argument_list *named, struct frameworks **ret, struct error *err) MUST_CHECK;

/* Those of the build, those that a session's folder keeps, and the named ones, likewise.
 * Named ones that are the last that it keeps already are left out. `ret_kept` is how many
 * files the folder has; where there are more, they are to be kept. */
enum status control_files_kept(int folder, const struct argument_list *named, struct frameworks **ret, size_t *ret_kept,
			       struct error *err) MUST_CHECK;

/* Writes the files from number `from` on into a session's folder, which keeps those before.
 * `ret` are all under the names that they have there. */
enum status control_files_keep(int folder, const struct frameworks *all, size_t from, struct frameworks **ret,
			       struct error *err) MUST_CHECK;

/* Puts the site's own into a database, in the place of those that were there. */
enum status control_files_store(struct store *store, const struct frameworks *all, struct error *err) MUST_CHECK;

#endif
