/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_UUID_H
#define REPORT_UUID_H

#include "core/cursor.h"

enum { UUID_TEXT_MAX = 37 };

/* A name-based UUID (RFC 9562, section 5.5) in the name space of this tool, of the session
 * `session`, a `kind` and a `key` within it: the same three give the same one. */
void uuid_of(const char *session, const char *kind, struct slice key, char ret[static UUID_TEXT_MAX]);

#endif
