/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_H
#define BENCHMARK_CONFINE_H

/*
 * Where code runs that a model wrote: bubblewrap with no network, no home, a system
 * that can only be read and a folder of its own in memory; a seccomp filter, resource
 * limits and, where this user may make one, a cgroup. There is no way to run anything
 * without it.
 */

#include "benchmark/task.h"

enum {
	CONFINE_OUTPUT_MAX = 1 << 20, /* bytes kept of standard output and error together */
	CONFINE_RESULT_MAX = 1 << 20, /* of descriptor 3 */
	CONFINE_WORDS_MAX = 32,
};

struct confine; /* how this machine confines, found out once; several threads may use it */

/* Finds bubblewrap, compiles the filter, tries a first start. Fails where it cannot
 * be, with what to install or allow. Orphans of this process come to it from now on
 * (PR_SET_CHILD_SUBREAPER). */
enum status confine_open(struct confine **ret, struct error *err) MUST_CHECK;
void confine_close(struct confine *c);

/* What it is made of here: "bubblewrap 0.8.0, seccomp, cgroup v2 (memory, pids)". */
const char *confine_described(const struct confine *c);

/* One run. Nothing of it is owned. */
struct confine_run {
	const struct task_files *files; /* put into the work folder, in which it starts; may be NULL */
	const char *const *argv;        /* NULL-terminated; found in the PATH of the sandbox */
	struct slice input;             /* its standard input */
	unsigned timeout_ms;
	uint64_t memory_max; /* bytes; 0: 512 MiB */
};

enum confine_end {
	CONFINE_EXITED,    /* `code` is the exit status */
	CONFINE_SIGNALLED, /* `code` is the signal */
	CONFINE_TIMED_OUT,
	CONFINE_OUTPUT,    /* it wrote past CONFINE_OUTPUT_MAX or CONFINE_RESULT_MAX, and was ended */
	CONFINE_MEMORY,    /* the cgroup ended it */
};

struct confine_result {
	enum confine_end end;
	int code;
	struct text output; /* owned: standard output and error, cut */
	struct text result; /* owned: what it wrote to descriptor 3 */
	int64_t wall_ns, cpu_ns; /* without bubblewrap's own beginning; cpu_ns 0: not known */
	uint64_t memory_bytes;   /* the most it held, without a control group one process of it; 0: not known */
};

/* Runs it, ends what is left of it, and waits. Fails only where the sandbox itself
 * does; the program's end, however bad, is a result. Thread-safe. */
enum status confine_run(struct confine *c, const struct confine_run *run, struct confine_result *ret,
			struct error *err) MUST_CHECK;
void confine_result_free(struct confine_result *r);

/* Two at once, apart from each other but for this: what each writes to descriptor 3 is
 * what the other reads (`input` is left out, `result` stays empty). With the first one's
 * end both are over; the second one's is told as CONFINE_EXITED with `code` -1 then. */
enum status confine_run_pair(struct confine *c, const struct confine_run runs[static 2],
			     struct confine_result ret[static 2], struct error *err) MUST_CHECK;

/* One thing that must not be possible inside. */
struct confine_proof {
	const char *name;   /* "connect" */
	const char *tried;  /* "a TCP connection to a listener on the loopback" */
	bool held;
	char detail[256];   /* what came of it: "ENETUNREACH" */
};

/* Tries each (connect, a secret of the home, writing outside, a signal to a process,
 * a fork bomb, disk, memory, …). Fails where one could not be tried; whether all held
 * is for the caller to look at. The list is the caller's to free. */
enum status confine_prove(struct confine *c, struct confine_proof **ret, size_t *ret_count,
			  struct error *err) MUST_CHECK;

#endif
