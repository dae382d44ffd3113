/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tools of macOS. The process that runs them works with the rights of the invoker; a
 * tool itself runs as root where the collector was started so, for without that lsof and
 * netstat name nobody else's processes and pfctl nothing at all.
 */
#include "collectors/posix/tool_run.h"

#include "collectors/macos/rights.h"
#include "core/auto.h"
#include "core/clock.h"

#include <sys/event.h>
#include <sys/types.h>

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct tool tools[] = {
	{"lsof", COMMAND("lsof", "-i", "-n", "-P"), COMMAND("lsof", "-v"), true},
	{"netstat", COMMAND("netstat", "-anv"), NULL, true},
	{"nettop", COMMAND("nettop", "-x", "-L", "1", "-n"), NULL, true},
	{"pfctl-info", COMMAND("pfctl", "-s", "info"), NULL, false},
	{"pfctl-rules", COMMAND("pfctl", "-a", "*", "-s", "rules"), NULL, false},
	{"socketfilterfw", COMMAND("socketfilterfw", "--getglobalstate"), NULL, false},
	{"scutil-dns", COMMAND("scutil", "--dns"), NULL, false},
	{"scutil-proxy", COMMAND("scutil", "--proxy"), NULL, false},
	{"ifconfig", COMMAND("ifconfig", "-a"), NULL, false},
};
const unsigned tool_count = LENGTH(tools);
_Static_assert(LENGTH(tools) <= TOOLS_MAX, "room for every version");

const char *const tool_folders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin",
				    "/usr/libexec/ApplicationFirewall", NULL};

const char tool_witnesses[] = "what lsof, netstat and nettop print, before, every few seconds, after; pf, "
			      "the application firewall, resolvers, proxies and interfaces before and after";
const char tool_needs[] = "nothing; root for pf and to name other users' processes";
const char tool_remedy[] = "they are part of macOS";

enum status tool_lower(const struct invoker *who, struct error *err)
{
	return rights_lower(who, err);
}

void tool_raise(void)
{
	rights_raise();
	/* all three users at once; nothing changes where this never was root */
	if (geteuid() == 0 && setuid(0) != 0)
		_exit(127);
}

bool tool_wait(pid_t pid, int milliseconds)
{
	struct kevent change, event;
	const struct timespec limit = {milliseconds / 1000,
				       milliseconds % 1000 * CLOCK_MILLISECOND};
	AUTO_FD int queue = kqueue();
	if (queue < 0)
		return true; /* there is no limit to the time then */
	EV_SET(&change, pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
	/* an error means that it has ended already */
	return kevent(queue, &change, 1, &event, 1, &limit) != 0;
}
