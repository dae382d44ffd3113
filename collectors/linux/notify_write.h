/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_WRITE_H
#define COLLECTORS_LINUX_NOTIFY_WRITE_H

/*
 * What was done for the session's processes, as records of the evidence: the kinds of the
 * kernel witness, with the name of this one in them.
 */

#include "collectors/linux/notify_who.h"

struct notify_writer; /* opaque */

/* `canary`: the pid whose calls are the suite's own. Keeps both. */
struct notify_writer *notify_writer_new(struct watch *w, struct notify_programs *programs, uint32_t canary);
void notify_writer_free(struct notify_writer *n); /* NULL-safe */

void notify_write_record(struct notify_writer *n, const struct notify_record *r);

/* Hashes a part of a program; true while there is more to do. */
bool notify_write_work(struct notify_writer *n);

#endif
