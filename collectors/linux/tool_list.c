/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tools of Linux. The process that runs them keeps two capabilities (where it has
 * them), because without them a tool cannot name the owner of another user's socket:
 * CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH.
 */
#include "collectors/posix/tool_run.h"

#include "core/auto.h"

#include <linux/capability.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct tool tools[] = {
	{"ss", COMMAND("ss", "-tupn"), COMMAND("ss", "-V"), true},
	{"lsof", COMMAND("lsof", "-i", "-n", "-P"), COMMAND("lsof", "-v"), true},
	{"netstat", COMMAND("netstat", "-tunap"), COMMAND("netstat", "--version"), true},
};
const unsigned tool_count = LENGTH(tools);
_Static_assert(LENGTH(tools) <= TOOLS_MAX, "room for every version");

const char *const tool_folders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin", NULL};

const char tool_witnesses[] = "what ss, lsof and netstat print, before, every few seconds, after";
const char tool_needs[] = "one of ss, lsof, netstat; root to name other users' processes";
const char tool_remedy[] = "install iproute2, lsof or net-tools";

enum status tool_lower(const struct invoker *who, struct error *err)
{
	prctl(PR_SET_NAME, "airgap-tools");
	return privilege_drop(who, CAPABILITY(CAP_SYS_PTRACE) | CAPABILITY(CAP_DAC_READ_SEARCH), err);
}

void tool_raise(void)
{
	/* what was kept is inherited (ambient capabilities) */
}

/* Without a handle on it (Linux before 5.3) there is no limit to the time. */
bool tool_wait(pid_t pid, int milliseconds)
{
	AUTO_FD int handle = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd watched = {.fd = handle, .events = POLLIN};
	return handle < 0 || poll(&watched, 1, milliseconds) != 0;
}
