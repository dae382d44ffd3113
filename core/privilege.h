/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_PRIVILEGE_H
#define CORE_PRIVILEGE_H

/*
 * Who asked for this run, and how to have no more rights than that person.
 */

#include "core/error.h"

#include <stdint.h>
#include <sys/types.h>

struct invoker {
	uid_t uid;
	gid_t gid;
	char name[256];
	char home[4096];
	char shell[4096];
	const char *through; /* "sudo", "doas", "pkexec", or NULL: asked directly */
};

/* The person behind this process: when it runs as root on behalf of somebody
 * (SUDO_UID, DOAS_USER, PKEXEC_UID name a user that exists), that somebody; else
 * its own user. A user that is in no database gets the name "uid N". */
enum status privilege_invoker(struct invoker *ret, struct error *err) MUST_CHECK;

/* Is this process able to watch the whole machine? True for root and, on Linux, for a
 * program installed with the capabilities the full tier needs. */
bool privilege_full(void);

/* Capability numbers from linux/capability.h as a bit mask; only Linux has them. */
#define CAPABILITY(number) (UINT64_C(1) << (number))

/* Gives up everything for good: groups and user become those of `who`, all
 * capabilities but `keep` go, none can come back by executing something
 * (no_new_privs). With `keep`, programs that are executed inherit those. On Linux the
 * process is from then on closed to others of its user: not to be traced, its memory not
 * to be read, no core dumped, until it executes something. On macOS `keep` is 0, and
 * nothing there keeps set-user-id programs from working. */
enum status privilege_drop(const struct invoker *who, uint64_t keep, struct error *err) MUST_CHECK;

/* The same for a command that is to run as if it had been started alone: only
 * groups and user change, and only where they differ. Set-user-id programs work
 * as they always do. */
enum status privilege_become(const struct invoker *who, struct error *err) MUST_CHECK;

/* Gives up all capabilities of this process; user, groups and whether others get in stay as
 * they are. On Linux alone. False where that failed. */
bool privilege_none(void);

/* Takes the marks of sudo and its like out of the environment and puts HOME,
 * USER, LOGNAME and SHELL right. PATH stays as it was handed over. */
void privilege_environment(const struct invoker *who);

#endif
