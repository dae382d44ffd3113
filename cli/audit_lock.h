/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_LOCK_H
#define CLI_AUDIT_LOCK_H

#include "core/error.h"

/* One audit at a time in a state folder: flock(2) on the file `lock` in it, which holds who
 * has it and since when. ERR_BUSY where another one does, with its process and its time.
 * Closing `ret_fd` gives it back, as does the end of the process. */
enum status audit_lock(int folder, const char *path, int *ret_fd, struct error *err) MUST_CHECK;

#endif
