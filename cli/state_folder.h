/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_STATE_FOLDER_H
#define CLI_STATE_FOLDER_H

/*
 * Where scheduled audits leave what they find: /var/lib/airgap-verify for root,
 * $XDG_STATE_HOME/airgap-verify (~/.local/state) for everybody else.
 *
 *   audits/<UTC>-<id8>/  a session folder each     bundles/  each of them as one file
 *   state.json  where the next audit begins        known.ndjson  what the last ones found
 *   lock        held while one runs
 */

#include "core/file.h"

struct state_folder {
	char path[FILE_PATH_MAX];
	int fd, audits, bundles; /* owned; -1: not open */
};

/* Its path, in which nothing was looked at yet. `given`: by --state; NULL: the usual place. */
enum status state_folder_path(const char *given, char ret[static FILE_PATH_MAX], struct error *err) MUST_CHECK;

/* Makes it (0700) with the folders in it where they are not there, and opens them. One that
 * belongs to somebody else, or in which others may write, is refused: who can write there
 * can choose what counts as known. Whatever it says, `ret` is to be closed. */
enum status state_folder_open(const char *given, struct state_folder *ret, struct error *err) MUST_CHECK;
void state_folder_close(struct state_folder *s); /* idempotent */

#define AUTO_STATE_FOLDER __attribute__((cleanup(state_folder_close)))

#endif
