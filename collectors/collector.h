/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_COLLECTOR_H
#define COLLECTORS_COLLECTOR_H

/*
 * What every collector is to the session that runs it: one row in registry.c.
 *
 * Its life: open() while there are privileges; start() after they are gone and
 * before the command runs; drain() up to a hundred times a second; round() while a
 * set of canaries is open; stop() when the watch ends. All on one thread. A
 * collector that cannot work says why in its evidence and is not called again:
 * the session goes on, and the verdict knows.
 */

#include "collectors/evidence.h"
#include "core/address.h"
#include "core/tier.h"

#include <sys/types.h>

enum {
	WATCH_ADDRESSES_MAX = 256,
	WATCH_LOGS_MAX = 64,
	WATCH_PIDS_MAX = 256,
};

struct isolate_options; /* collectors/linux/isolate.h */
struct enforce;         /* collectors/linux/enforce.h */
struct head_places;     /* collectors/linux/head_tell.h */
struct named;           /* core/named.h */

/* From the command line; all strings live as long as the process. */
struct watch_options {
	const char *folder;
	char **command; /* NULL-terminated; NULL: none */
	pid_t pid;      /* an existing process to watch; 0: none */
	pid_t also[WATCH_PIDS_MAX]; /* Linux: further ones; with them it is the time that ends the watch */
	size_t also_count;
	const struct named *later; /* Linux: what starts of these is watched, too; NULL: nothing */
	bool host;      /* every process counts as the session's */
	enum watch_tier tier;
	bool command_to_stderr;
	int64_t duration_ns; /* 0: until the command ends */
	int64_t linger_ns;   /* how long to wait for what the command left running */
	int64_t interval_ns; /* about how often canaries and tools run */
	uint64_t ring_bytes; /* of the kernel witness; a power of two */
	bool payload;        /* keep whole packets */
	const char *trace;   /* Windows: also keep the raw event trace under this name; NULL: not */
	const struct enforce *enforce; /* Linux: what the kernel witness refuses; NULL: nothing */
	const struct isolate_options *isolate; /* Linux: run the command where no way leads out; NULL: not */
	const struct head_places *heads; /* Linux: who else hears of the head of the chain; NULL: nobody */
	const char *logs[WATCH_LOGS_MAX]; /* --app-log: "FILE" or "NAME=FILE" */
	size_t log_count;
	const char *contexts[WATCH_LOGS_MAX]; /* the same; kept, but not held against anybody */
	size_t context_count;
	const char *log_descriptions; /* "NAME=SHA256[,…]" for session.json; NULL: none */
	const char *log_timezone;     /* of their times, for session.json; NULL: not told */
	const char *policy;  /* text for session.json, not read here */
	const char *id;      /* 32 hexadecimal digits */
	int status_fd, control_fd; /* -1: none */
};

/* Sums for the live line. */
struct tally {
	uint64_t local, egress, names;
};

/* One set of canaries while it is open. */
struct round {
	unsigned number;
	const char *moment; /* "before", "during", "after" */
	const struct canaries *canaries; /* that are open */
};

struct invoker;   /* core/privilege.h, where the system has such a thing */
struct platform;  /* of the platform's own */
struct processes; /* collectors/processes.h */
struct tell;      /* collectors/tell.h */
struct canaries;  /* collectors/canary.h */

struct watch {
	const struct watch_options *options;
	const struct invoker *invoker; /* who asked for it; NULL where the platform does not tell */
	struct platform *platform; /* NULL until platform_open(), and after platform_close() */
	int folder;  /* the session folder */
	struct evidence *evidence;
	struct tell *tell;
	struct processes *processes;
	struct tally tally;
	bool kernel;          /* the kernel witness is on */
	pid_t suite;          /* this process: its connections are canaries */
	pid_t command;        /* 0 until it was made */
	uint64_t cgroup_id;   /* of the session's group; 0: none */
	unsigned cgroup_level;
	struct address own[WATCH_ADDRESSES_MAX]; /* this machine's addresses */
	size_t own_count;
};

/* What a probe found: does it work here and now, and if not, what would help. */
struct probe {
	bool works;
	char detail[512];
	char remedy[512];
};

struct collector {
	const char *name;      /* of the witness, as in v_coverage */
	const char *witnesses; /* what it sees */
	const char *needs;     /* capability, tool, platform */
	bool canaries;         /* it must report them to count as seeing */
	bool (*wanted)(const struct watch_options *o); /* false: not of this session; NULL: of each */
	void (*probe)(struct probe *ret);
	enum status (*open)(struct watch *w, void **ret_state, struct error *err);
	void (*start)(void *state);                        /* may be NULL */
	void (*drain)(void *state);                        /* may be NULL */
	int (*wake)(void *state); /* readable when it should be drained now; not on Windows; may be NULL */
	int64_t pause_ns; /* what it keeps can wait so long; a drain costs whoever is watched */
	void (*round)(void *state, const struct round *r); /* may be NULL */
	bool (*busy)(void *state); /* a round needs its canaries for longer; may be NULL */
	void (*closing)(void *state); /* the canaries are about to be closed; may be NULL */
	uint64_t (*stop)(void *state); /* frees it; its loss counter as it stood at the end */
	uint64_t (*lost)(void *state); /* may be NULL */
	bool (*alive)(void *state);    /* false: its process died; may be NULL */
};

extern const struct collector *const collectors[]; /* NULL-terminated */

/* Wall-clock time of a monotonic one, by the clocks as they stand now. */
int64_t watch_wall(int64_t mono_ns);

/* Would a packet to it leave the machine? */
bool watch_leaves(const struct watch *w, const struct address *a);

/* A record about a witness itself: "on", "missing", "degraded", "died". */
void watch_witness(struct watch *w, const char *witness, const char *part, const char *state,
		   const char *detail, const char *remedy);

/* Tells the front about an egress attempt at once (bounded). */
void watch_tell_egress(struct watch *w, uint32_t pid, struct slice comm, const char *call,
		       const char *proto, const struct address *dst, unsigned dport);

#endif
