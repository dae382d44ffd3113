/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_POSTURE_RUN_H
#define CLI_POSTURE_RUN_H

/*
 * Facts of posture, once they are gathered, into a database of their own that has judged
 * them.
 */

#include "core/file.h"
#include "core/store.h"

/* A folder of the user's choosing, or one that goes again. */
struct posture_place {
	char path[FILE_PATH_MAX];
	bool kept;
	int fd; /* -1: not made yet */
};

/* Makes that folder: `given`, or where it is NULL one that posture_run_leave() takes away. Keeps
 * the facts in it as posture.ndjson, and judges them in audit.db beside it, which the caller
 * closes. */
enum status posture_run(const char *given, struct slice facts, struct posture_place *ret_place,
			struct store **ret_store, struct error *err) MUST_CHECK;

void posture_run_leave(struct posture_place *p);

#endif
