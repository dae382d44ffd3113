/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_HEAD_EXTEND_H
#define COLLECTORS_LINUX_HEAD_EXTEND_H

/*
 * Telling heads to a register of a TPM, by a process of its own: a TPM takes its time, and one that
 * hangs must hold nothing up. The process has the device and the log (register_log.h), which were opened
 * with the rights that the session is started with, and no others; it is of the user whom the log
 * belongs to, where there is the right to make it so, so that the session's user cannot end it.
 */

#include "collectors/linux/head_lines.h"
#include "core/privilege.h"

#include <stdint.h>

struct head_extend {
	pid_t pid;
	int channel; /* -1: there is no process; owned */
	struct head_lines log; /* owned */
	unsigned waiting; /* lines that were handed over and not answered */
	int64_t since_ns; /* monotonic: when the first of them was */
	struct error why; /* of the first that failed since the last head_extend_tell() */
};

/* None that runs. */
struct head_extend head_extend_none(void);

/* Opens both and forks. `who` the process is to be where it cannot be the log's owner. */
enum status head_extend_open(const struct head_tpm *place, const struct invoker *who, struct head_extend *ret,
			     struct error *err) MUST_CHECK;

/* Hands a line over; with `wait`, waits until the register was extended with it, a few seconds at most.
 * Fails where this one or one before it could not be told. */
enum status head_extend_tell(struct head_extend *h, struct slice line, bool wait, struct error *err) MUST_CHECK;

/* The process ends by itself, with its other end. */
void head_extend_close(struct head_extend *h); /* idempotent */

#endif
