/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/find_process.h"

#include "core/cursor.h"

#include <errno.h>
#include <signal.h>

enum status find_process(const char *pid, struct error *err)
{
	uint64_t number = 0;
	/* 0 is to kill() the caller's own group; another user's process is there all the same */
	if (slice_u64(slice_of_string(pid), INT32_MAX, &number) && number > 0 &&
	    (kill((pid_t)number, 0) == 0 || errno == EPERM))
		return OK;
	return fail(err, ERR_NO_INPUT, "no process %s runs (ps -e lists those that do); nothing was watched", pid);
}
