/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_COMMAND_H
#define CLI_WATCH_COMMAND_H

/*
 * A session that is begun in order to be watched: airgap-verify session as a child without
 * the terminal. What its command writes goes into a file beside the session's folder, and
 * the end of it into a pane of the screen; what the session itself says at its end is kept
 * to be printed when the screen is gone.
 */

#include "core/file.h"

#include <stdio.h>
#include <sys/types.h>

enum { WATCH_TAIL = 16 << 10 };

struct watch_command {
	pid_t pid;            /* 0: it has ended */
	int status;           /* then its wait status */
	int said, written;    /* owned pipes: of the session, of the command; -1: closed */
	int file;             /* owned; -1: nothing more can be kept */
	char folder[FILE_PATH_MAX], path[FILE_PATH_MAX]; /* path: of the file */
	const char *what;     /* the command's first word; not owned */
	struct text summary;  /* owned */
	struct text tail;     /* owned: the last of what it wrote */
	int asked;            /* how often its end was asked for */
	struct error failure; /* of the file */
};

/* `words`: behind `session` on the command line, NULL-terminated. Gives up this process's
 * rights. */
enum status watch_command_start(char **words, struct watch_command *ret, struct error *err) MUST_CHECK;

/* Takes what was written, waiting for it at most so long, and notices the end. */
void watch_command_tend(struct watch_command *c, int timeout_ms);

/* First the command is interrupted, as by Ctrl-C; then, and at once where that is `now`, the
 * watch ends, and the report follows. */
void watch_command_ask_end(struct watch_command *c, bool now);

/* Waits for the end, prints what the session said, and frees. `ret_status`: for the exit. */
enum status watch_command_finish(struct watch_command *c, FILE *to, int *ret_status, struct error *err) MUST_CHECK;

#endif
