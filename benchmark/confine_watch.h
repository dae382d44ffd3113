/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_WATCH_H
#define BENCHMARK_CONFINE_WATCH_H

/*
 * What became of bubblewrap once it was started: its output read and counted, its time
 * kept, everything ended in the end.
 */

#include "benchmark/confine.h"

#include <sys/types.h>

enum { WATCH_STATUS_MAX = 4096, WATCH_MAX = 2 };

enum watch_stream { WATCH_OUT, WATCH_RESULT, WATCH_STATUS, WATCH_STREAMS };

struct watched {
	pid_t pid;                /* bubblewrap's, our child */
	int first;                /* of the first process inside, a pidfd; owned; -1: not known yet */
	pid_t first_pid;
	int from[WATCH_STREAMS];  /* owned; -1: ended, or none of it */
	int go;                   /* owned */
	bool bound_processes;     /* by a limit of their number for the user */
	uint64_t memory_max;      /* bytes that all of it may hold; 0: another bounds it */
	int64_t started_ns, deadline_ns, ended_ns;
	unsigned timeout_ms;
	bool is_over;             /* it was told to end, or did */
	bool cut;                 /* because the first one had ended */
	int exit_code;            /* as bubblewrap tells; -1: it started nothing */
	int status;               /* of waitpid() */
	struct text told;         /* owned: what bubblewrap said on its status descriptor */
	struct confine_result *result;
};

/* Until all of them have ended; with the first all end. */
enum status watch_all(struct watched *w[], size_t count, struct error *err) MUST_CHECK;
void watch_free(struct watched *w); /* ends what is left of it */

#endif
