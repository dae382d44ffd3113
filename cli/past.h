/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

/*
 * Earlier sessions of the same host, for a trend: what each found is written into the new
 * session's folder (past.ndjson, airgap-verify-formats(5)), so that its documents depend on
 * nothing outside of it and the seal covers what they say.
 */

#include "core/error.h"
#include "core/text.h"

#define PAST_FILE "past.ndjson"

enum {
	PAST_AUDITS_MAX = 100,    /* the last ones */
	PAST_FOLDERS_MAX = 10000, /* that are looked into */
};

/* Looks at the session folders in `place` that this user (or root) owns, and writes what
 * those of the same host found that began before; over what stood in the file. A place or a
 * session that cannot be read is told in it, and is no failure. */
enum status past_write(int folder, const char *place, struct error *err) MUST_CHECK;

#endif
