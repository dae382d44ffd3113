/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/registry.h"

/* In the order in which they are opened; the kernel first, for it must know the
 * session's first process before anything else happens; what does without it knows by then
 * whether it works. */
const struct collector *const collectors[] = {
	&collector_kernel, &collector_packets, &collector_seccomp, &collector_sock_diag,
	&collector_tools,  &collector_applog,  &collector_isolation, NULL,
};
