/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_PROBE_H
#define COLLECTORS_LINUX_NOTIFY_PROBE_H

#include "collectors/collector.h"

void notify_probe(struct probe *ret);

#endif
