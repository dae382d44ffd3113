/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SOFTWARE_TPM_H
#define TESTS_UNIT_SOFTWARE_TPM_H

/*
 * A TPM 2.0 in software (swtpm), as whoever runs the test, in the scratch folder: started anew with
 * each software_tpm_start(), its state kept.
 */

#include "tests/unit/test.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

/* Its name is there a moment before it listens. */
static inline bool software_tpm_listens(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	bool listens = connect(fd, (const struct sockaddr *)&at, sizeof at) == 0;
	close(fd);
	return listens;
}

/* Its socket, and 0 where there is no swtpm here. */
static inline pid_t software_tpm_start(const struct scratch *s, char ret[static 108])
{
	fflush(NULL);
	snprintf(ret, 108, "%s/tpm", s->path);
	unlinkat(s->fd, "tpm", 0);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails does not come to stopping it */
		if (fchdir(s->fd) != 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
			_exit(126);
		execlp("swtpm", "swtpm", "socket", "--tpm2", "--tpmstate", "dir=.", "--server", "type=unixio,path=tpm",
		       "--flags", "not-need-init,startup-clear", (char *)NULL);
		_exit(127);
	}
	assert_true(pid > 0);
	for (int i = 0; i < 1000; i++) {
		int status;
		if (software_tpm_listens(ret))
			return pid;
		if (waitpid(pid, &status, WNOHANG) == pid) {
			assert_int_equal(WEXITSTATUS(status), 127);
			print_message("no swtpm here: not tried\n");
			return 0;
		}
		usleep(10000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(false);
	return 0;
}

static inline void software_tpm_stop(pid_t pid)
{
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

#endif
