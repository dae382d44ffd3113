/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_TRACKED_H
#define COLLECTORS_LINUX_TRACKED_H

#include "collectors/collector.h"
#include "collectors/linux/kernel_load.h"

struct later; /* later.h */

/* The processes of --pid and --also-pid, those that `later` finds, and all below them, ran before
 * us: tells the kernel witness of each, which follows what they fork from then on. */
enum status tracked_begin(struct kernel_programs *k, const struct watch_options *o, struct later *later,
			  struct error *err) MUST_CHECK;

#endif
