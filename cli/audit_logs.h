/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_LOGS_H
#define CLI_AUDIT_LOGS_H

/*
 * The logs that a policy names, read on from where the last audit stopped: what is new goes
 * into the session folder as it stands, and lines of audit.ndjson tell where it was.
 */

#include "analysis/policy_audit.h"
#include "cli/log_place.h"

enum { AUDIT_LOG_COPY_MAX = 256 << 20 /* bytes of one file that are kept; the rest is for the next audit */ };

/* `before`: the places of the last audit. `after` gets those of this one. A log that cannot be
 * read is a line that says so, and keeps its place; only what cannot be written fails. */
enum status audit_logs_keep(const struct policy_audit *a, const struct audit_state *before, int session, struct audit_state *after,
			    struct text *lines, struct error *err) MUST_CHECK;

/* "NAME=/PATH" of a policy. */
void audit_logs_split(const char *value, char ret_name[static AUDIT_TEXT_MAX], char ret_path[static AUDIT_TEXT_MAX]);

#endif
