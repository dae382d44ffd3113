/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PAST_AUDIT_H
#define CLI_PAST_AUDIT_H

/*
 * One earlier session: what its report.json says, and whether that is what was sealed.
 */

#include "core/arena.h"
#include "core/text.h"

#include <stdint.h>

enum {
	PAST_NAME_MAX = 256,
	PAST_DESTINATIONS_MAX = 500,        /* of one session, those that were tried most */
	PAST_DESTINATION_TEXT_MAX = 255,    /* bytes of one that are kept */
	PAST_REPORT_MAX = 64 << 20,         /* bytes of report.json */
	PAST_SESSION_MAX = 8 << 20,         /* and of session.json, which holds the policy */
};

/* Who it is, by its session.json. */
struct past_session {
	char folder[PAST_NAME_MAX], id[PAST_NAME_MAX], host[PAST_NAME_MAX];
	int64_t started_ns;
};

/* False where there is none that can be read. */
bool past_session_read(int folder, struct past_session *ret) MUST_CHECK;

/* Adds the lines of one: itself, then its destinations. */
void past_audit_write(int folder, const struct past_session *session, unsigned number, struct text *out);

#endif
