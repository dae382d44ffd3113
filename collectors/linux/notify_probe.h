/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_PROBE_H
#define COLLECTORS_LINUX_NOTIFY_PROBE_H

#include "collectors/collector.h"

/* Tries it with a process that does nothing; the status says why it does not work. */
enum status notify_try(struct error *err) MUST_CHECK;

void notify_probe(struct probe *ret);

#endif
