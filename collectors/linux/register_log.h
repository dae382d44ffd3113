/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_REGISTER_LOG_H
#define COLLECTORS_LINUX_REGISTER_LOG_H

/*
 * The register of a TPM that is extended with heads, and the log of what it was extended with
 * (core/head_register.h). A line stands in the log before it is extended, under a lock that all
 * sessions take: what a crash leaves in between is a break, from which the next line begins anew.
 */

#include "collectors/linux/head_lines.h"
#include "core/head_register.h"

struct register_log {
	struct head_tpm place;
	struct head_lines lines;
	int device; /* -1: not open; owned */
	bool begun;
	unsigned char value[HASH_SIZE]; /* as we left the register */
	struct error dead; /* why nothing more is asked: an answer may still come that is to no question of ours */
};

/* Opens both. What fails is told; register_log_close() in any case. */
enum status register_log_open(const struct head_tpm *place, struct register_log *ret, struct error *err) MUST_CHECK;

/* Adds a line and extends the register with it. May wait as long as the TPM takes, or another session
 * that does the same. */
enum status register_log_tell(struct register_log *l, struct slice line, struct error *err) MUST_CHECK;

void register_log_close(struct register_log *l);

#endif
