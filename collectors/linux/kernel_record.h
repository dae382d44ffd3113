/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_KERNEL_RECORD_H
#define COLLECTORS_LINUX_KERNEL_RECORD_H

/*
 * Records of the kernel programs (collectors/linux/kernel_event.h) become evidence, each
 * a line, and the session's processes are followed by them. What is neither of the
 * session nor of somebody who may be named later is passed over.
 */

#include "collectors/linux/image.h"
#include "collectors/linux/later.h"
#include "collectors/collector.h"

#define KERNEL_WITHOUT_ROOT "a session without the rights of root" /* a remedy */

enum { KERNEL_PORTS = 1 << 16 };

struct kernel_records {
	struct watch *w;
	struct images *images;
	struct later *later; /* NULL: nothing is named */
	bool failed;         /* the witness was said to have died */
	uint8_t heard[KERNEL_PORTS / 8]; /* bits: ports on which the session listens */
};

/* Writes the record, of `size` bytes, into the evidence; `context` is a struct
 * kernel_records. One of a kind that is not known, or too short for its kind, is passed
 * over. A kernel_record_fn (collectors/linux/kernel_load.h). */
void kernel_record(void *context, const void *record, size_t size);

/* Says once in the evidence that the witness died: what it tells afterwards proves nothing
 * any more. */
void kernel_record_died(struct kernel_records *k, const char *why, const char *remedy);

#endif
