/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LOG_PACKED_H
#define CLI_LOG_PACKED_H

#include "cli/audit_state.h"

/* Is it packed, by its first bytes? */
bool log_packed_is(int fd);

/* Does what it unpacks to have that place in it, and how many bytes are that in all? Unpacked
 * in a process without rights, for anybody may have chosen its bytes; of one that is damaged
 * what comes before counts. */
enum status log_packed_look(int fd, const struct log_place *place, bool *ret_holds, uint64_t *ret_size, struct error *err) MUST_CHECK;

#endif
