/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_HEAD_LINES_H
#define COLLECTORS_LINUX_HEAD_LINES_H

/*
 * A file in a folder of another user, to which lines are added: heads of evidence, of sessions that
 * may run at the same time.
 */

#include "core/file.h"
#include "core/head.h"

#include <sys/types.h>

struct head_lines {
	char name[64];
	int folder, fd; /* -1: not open; both owned */
	bool torn;	/* the last line was not written whole */
};

/* None that is open. */
struct head_lines head_lines_none(void);

/* Opens the file, or makes it for the owner of the folder, through no link. ERR_CREATE, ERR_PERMISSION or
 * ERR_NO_INPUT; what was opened is closed by head_lines_close() in any case. */
enum status head_lines_open(struct slice folder, const char *name, struct head_lines *ret, struct error *err) MUST_CHECK;

/* Adds a line, with its LF, in one piece. ERR_IO. */
enum status head_lines_add(struct head_lines *l, struct slice line, struct error *err) MUST_CHECK;

/* Could `uid`, whose rights we have by now, change or remove what was told? Not where the file only
 * grows (chattr +a). */
bool head_lines_within_reach(const struct head_lines *l, uid_t uid);

void head_lines_close(struct head_lines *l); /* idempotent */

#endif
