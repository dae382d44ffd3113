/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SESSIONS_PLAN_H
#define TESTS_SESSIONS_PLAN_H

/*
 * A session that never was: what its programs did, what their logs say, and what the
 * witnesses could see, drawn from a seed. The truth is written down here, as it is made
 * up, and nothing of the product is asked for it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PLAN_ATTEMPTS_MAX = 256,
	PLAN_ENTRIES_MAX = 512,
	PLAN_LOGS_MAX = 3,
};

#define PLAN_BEGIN_NS INT64_C(1700000000000000000)
#define PLAN_SECOND INT64_C(1000000000)

enum plan_kind {
	PLAN_HONEST,
	PLAN_SILENT,
	PLAN_LYING,
	PLAN_SKEWED,
	PLAN_DRIFTING,
	PLAN_ROTATED,
	PLAN_LOSSY,
	PLAN_NOISY,
	PLAN_SEVERAL,
	PLAN_SUMMED,
	PLAN_BEFORE_KERNEL,
	PLAN_EYEBALLS,
	PLAN_AGAIN,
	PLAN_KINDS,
};

extern const char *const plan_names[PLAN_KINDS];

struct plan_attempt {
	int64_t at_ns;
	unsigned pid, sport, port;
	const char *dst, *outcome; /* "ok", "refused", "denied" */
	bool ours;      /* of the session */
	bool remote;    /* aimed at another machine */
	bool forbidden; /* that the policy does not allow */
	bool silent;    /* no log tells of it, and one should */
	unsigned sent;  /* bytes */
};

struct plan_entry {
	int64_t at_ns, until_ns; /* by the clock of its log */
	unsigned log, pid, sport, port, count;
	const char *process, *host, *says; /* host: a name or an address; process may be NULL */
	bool lie;
};

struct plan_log {
	const char *change; /* as the collector would say it */
};

/* What of the watch is broken. */
enum plan_fault { FAULT_NONE, FAULT_LOSS, FAULT_BLIND, FAULT_DIED, FAULT_OPEN, FAULTS };

struct plan {
	enum plan_kind kind;
	uint64_t seed, random;
	int64_t length_ns;
	struct plan_attempt attempts[PLAN_ATTEMPTS_MAX];
	size_t attempt_count;
	struct plan_entry entries[PLAN_ENTRIES_MAX]; /* by log, in the order of writing */
	size_t entry_count;
	struct plan_log logs[PLAN_LOGS_MAX];
	size_t log_count;
	enum plan_fault fault;
	/* the truth */
	bool egress;    /* something was sent, or tried, that is not allowed */
	unsigned lies, silent;
	unsigned hidden; /* lies that an honest program could have written: plan_reading.c */
};

/* A name and its two addresses. */
struct plan_host {
	const char *name, *v4, *v6;
};

enum { PLAN_HOSTS = 6 };
extern const struct plan_host plan_hosts[PLAN_HOSTS];

void plan_make(struct plan *p, enum plan_kind kind, uint64_t seed);

/* How a program writes its log: how its clock goes, and the step of its digits. */
struct plan_habit {
	int64_t skew_ns, ppm, step_ns;
	bool pids, processes, names, sports;
	unsigned log;
};

enum {
	PLAN_LATE_S = 2, /* an honest program of ours writes within this */
	PLAN_SAME_S = 5, /* what the rule "pair" calls the same time: docs/verdicts.md */
};

int64_t plan_clock(const struct plan_habit *h, int64_t at_ns);
const char *plan_name(const char *dst); /* of a host's address; else that itself */
const char *plan_process(unsigned pid);
bool plan_tells(const struct plan *p, const struct plan_attempt *a, unsigned log); /* is it of what a log is about? */

/* How many entries of a log are false however it is read: from `first_entry` on, each was
 * written for an attempt, and of that log all are. */
unsigned plan_false(const struct plan *p, const struct plan_habit *h, size_t first_entry);

#endif
