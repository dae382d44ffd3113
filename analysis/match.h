/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MATCH_H
#define ANALYSIS_MATCH_H

/*
 * The two sides of the cross-check in memory, and the steps that bring them together:
 *
 *   match_load     attempts in the order of time; entries by log and time
 *   match_target   which destinations and programs entries speak of
 *   match_lists    attempts that a kind of entry can mean, found by what it tells
 *   match_clock    how far a log's clock is off, and how sure that is
 *   match_pair     entry and attempt, one to one
 *   match_reread   another reading in which more of a log is true
 *   match_doubt    whether what does not agree is a lie
 *   match_rest     what one side told and the other did not, with the rule for it
 *
 * Texts are numbers (intern.h). Each step is linear in the rows, but for sorting.
 */

#include "analysis/match_rule.h"
#include "core/clock.h"
#include "core/intern.h"
#include "core/store.h"

enum {
	MATCH_LOGS_MAX = 62,         /* that are held apart: each has a bit in `told` */
	MATCH_PLACES_MAX = 64,       /* addresses of one name */
	MATCH_TEXTS_MAX = 1 << 30,   /* bytes of names, addresses, programs */
	MATCH_WINDOW_S = 5,          /* how far a log's time may lie from the machine's */
	MATCH_STEPS_MAX = 64,        /* that any search goes on to its neighbours */
};

#define MATCH_NONE UINT32_MAX

/* What became of an attempt, as far as a log can speak the truth of it. */
enum match_kind {
	KIND_HAPPENED, /* a connection was made, or a packet seen leaving */
	KIND_STOPPED,  /* this machine denied it, and nothing left */
	KIND_BETWEEN,  /* neither: refused, unreachable, not known */
	KIND_POINTED,  /* a UDP socket was only given the name of the other side */
	MATCH_KINDS,
};

struct match_attempt {
	int64_t id, time_ns;
	uint64_t told;       /* a bit for each log that tells of it */
	uint32_t entry;      /* one that does; MATCH_NONE */
	uint32_t place;      /* its destination */
	uint32_t proto;
	uint32_t pid, exe, comm; /* exe, comm: names of programs; 0: not known */
	uint16_t port, sport;
	unsigned char kind;
	bool leaves, quiet;  /* quiet: it carried nothing that is known of */
};

/* What an entry tells that an attempt must have, as bits. */
enum match_by {
	BY_PORT = 1,
	BY_PROTO = 2,
	BY_PID = 4,
	BY_EXE = 8,  /* the program that its name means */
	BY_COMM = 16,
	BY_SPORT = 32,
	BY_ALL = 64,
};

enum match_says { SAYS_ALLOWED, SAYS_BLOCKED, SAYS_LOGGED };

struct match_entry {
	int64_t id, time_ns;
	int64_t until_ns, count; /* of a sum; count 0: a single connection */
	int64_t taken;           /* attempts that a sum found */
	uint32_t log, line;
	uint32_t target;         /* in targets */
	uint32_t proto;
	uint32_t pid, program;   /* program: what BY_EXE or BY_COMM means */
	uint16_t port, sport;
	unsigned char says, by;
	bool named;              /* it tells a program, and none of the session has that name */
	uint32_t attempt;        /* found; MATCH_NONE */
	unsigned char rule;      /* enum match_rule */
};

/* A destination as logs write it, and the places that it may be. */
struct match_target {
	bool literal; /* an address: nowhere else */
	uint32_t place_count;
	uint32_t *places; /* owned */
};

/* How the clock of a log stands to the machine's: a time of the log, less `offset_ns`,
 * less `drift_ppb` of what passed since `origin_ns`, is the machine's. */
struct match_clock {
	enum match_clock_state { CLOCK_UNKNOWN, CLOCK_AGREES, CLOCK_SHIFTED } state;
	int64_t offset_ns, drift_ppb, origin_ns;
	int64_t spread_ns; /* half of the pairs are nearer to it than this */
	int64_t step_ns;   /* what its digits leave open: a second where all times are whole ones */
	int64_t pairs;     /* that it rests on */
	int64_t compared;  /* entries that have any attempt to be compared with */
	bool sure;         /* no other offset explains as much */
};

struct match_log {
	int64_t id, slack_ns;
	bool problem;        /* it could not be read */
	uint32_t from, to;   /* its entries */
	struct match_clock clock;
};

/* Where a witness that sees attempts is shown to have seen all. */
struct match_span {
	int64_t from_ns, to_ns;
};

/* The program that a row of `process` ran, by its number in `programs`. */
struct match_program {
	int64_t process;
	uint32_t program;
};

struct match {
	struct store *store;
	struct intern *texts;     /* destinations and protocols */
	struct intern *programs;  /* names of programs; number 0 is none */
	struct match_program *executables; /* by the row's number */
	size_t executable_count, executable_room;
	struct match_attempt *attempts;
	size_t attempt_count, attempt_room;
	struct match_entry *entries;
	size_t entry_count, entry_room;
	struct match_target *targets; /* by the number of the text that an entry tells */
	size_t target_count;
	struct match_log *logs;
	size_t log_count;
	struct match_span *spans;
	size_t span_count;
	int64_t from_ns, to_ns;   /* of the watch; 0: not known */
	bool *pids;               /* those of the session, by number */
};

enum { MATCH_PID_MAX = 1 << 22 /* pid_max of Linux on 64 bits */ };

/* A time of an entry by the machine's clock, as far as it is known. */
int64_t match_time(const struct match_log *log, int64_t time_ns);

/* Also what an earlier failure left. */
void match_free(struct match *m);

enum status match_load(struct match *m, struct error *err) MUST_CHECK;
enum status match_target(struct match *m, struct error *err) MUST_CHECK; /* the last part of match_load() */
void match_clock(struct match *m, struct match_log *log);
enum status match_pair(struct match *m, const struct match_log *log, struct error *err) MUST_CHECK;
enum status match_rest(struct match *m, struct error *err) MUST_CHECK;

/* Adds a row: an attempt, an entry or both; `log` NULL: of no log, or of all. */
enum status match_add(struct match *m, enum match_rule rule, const struct match_attempt *a,
		      const struct match_entry *e, const struct match_log *log, struct error *err) MUST_CHECK;

/* The bit of a log in `told`. */
uint64_t match_bit(const struct match *m, const struct match_log *log);

#endif
