/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_FEW_CALLS_H
#define COLLECTORS_LINUX_FEW_CALLS_H

/*
 * A process of the collector that answers for what it has open, and needs nothing else (seccomp(2)).
 * core/sandbox.h is airgap-verify's: what starts with privileges links no library for it.
 */

#include "core/error.h"

/* From here on, and for good, this process reads, writes, locks and closes what is open, waits, and takes
 * memory; every other system call fails with EPERM. no_new_privs must be set. */
enum status few_calls_enter(struct error *err) MUST_CHECK;

#endif
