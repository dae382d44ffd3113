/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HEAD_LOG_H
#define REPORT_HEAD_LOG_H

/*
 * An evidence log that heads (core/head.h) are held against: how its first bytes hash, read once from
 * its beginning on.
 */

#include "core/head.h"
#include "report/verify_source.h"

struct head_log {
	int fd; /* owned */
	const char *path; /* in the folder or bundle */
	uint64_t at, size, hashed;
	struct hash *running; /* owned */
};

/* To be closed in any case. */
enum status head_log_open(const struct verify_source *s, struct head_log *ret, struct error *err) MUST_CHECK;

/* Of which session it says to be, in its first line; "" where it does not. */
void head_log_session(const struct head_log *l, char ret[static HEAD_SESSION_MAX]);

/* The hash of its first `bytes` bytes, which are no fewer than last time; false where it cannot be read. */
bool head_log_hash(struct head_log *l, uint64_t bytes, unsigned char ret[static HASH_SIZE]);

void head_log_close(struct head_log *l);

#define AUTO_HEAD_LOG __attribute__((cleanup(head_log_close)))

#endif
