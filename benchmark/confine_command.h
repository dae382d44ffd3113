/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_COMMAND_H
#define BENCHMARK_CONFINE_COMMAND_H

/*
 * What bubblewrap is told.
 */

#include "benchmark/confine.h"
#include "benchmark/confine_start.h"

#include <stdint.h>

enum {
	COMMAND_WORDS_MAX = 160 + 5 * START_DATA_MAX + CONFINE_WORDS_MAX,
	COMMAND_DISK_MAX = 64 << 20, /* bytes of the work folder, which is memory too */
};

struct confine_means {
	char program[4096]; /* bubblewrap */
	char version[32];
	bool sizes;         /* it can bound the folders in memory: since 0.8 */
	bool own_users;     /* processes are bounded by the kernel a user and a namespace: since Linux 5.14 */
	struct text filter; /* owned */
};

struct command {
	char *words[COMMAND_WORDS_MAX]; /* owned, NULL-terminated */
	size_t count;
};

/* The command for `run`, and its memory files: the filter, then those of the work folder. */
enum status command_make(const struct confine_means *m, const struct confine_run *run, struct command *ret,
			 struct start *ret_start, struct error *err) MUST_CHECK;
void command_free(struct command *c);

#endif
