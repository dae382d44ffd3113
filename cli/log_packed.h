/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LOG_PACKED_H
#define CLI_LOG_PACKED_H

#include "cli/audit_state.h"

/* Is it packed, by its first bytes? */
bool log_packed_is(int fd);

/* Does what it unpacks to have that place in it? Unpacked in a process without rights, for
 * anybody may have chosen its bytes; one that is damaged has not. */
enum status log_packed_holds(int fd, const struct log_place *place, bool *ret, struct error *err) MUST_CHECK;

#endif
