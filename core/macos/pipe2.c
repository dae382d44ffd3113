/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Not at once, as on Linux: between the two calls another thread could fork, and no
 * program here has one. */
int pipe2(int ret[2], int flags)
{
	if (flags != O_CLOEXEC) {
		errno = EINVAL;
		return -1;
	}
	if (pipe(ret) != 0)
		return -1;
	fcntl(ret[0], F_SETFD, FD_CLOEXEC);
	fcntl(ret[1], F_SETFD, FD_CLOEXEC);
	return 0;
}
