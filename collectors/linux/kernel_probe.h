/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_KERNEL_PROBE_H
#define COLLECTORS_LINUX_KERNEL_PROBE_H

#include "collectors/collector.h"

/* Whether the kernel witness works here and now: loads and attaches its programs for a
 * moment. */
void kernel_probe(struct probe *ret);

#endif
