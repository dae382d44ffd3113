/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_NETWORK_H
#define COLLECTORS_NETWORK_H

#include "collectors/collector.h"

/* Writes a `network` record with the addresses of this network namespace's
 * interfaces, when they are not those of the last one, and remembers them. */
void network_look(struct watch *w);

#endif
