/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_MODEL_H
#define CLI_WATCH_MODEL_H

/*
 * What a watch shows of a session: its processes, attempts, names and witnesses, kept up
 * to date row by row (ingest/follow.h) in memory with a bound. It judges nothing: what
 * is marked as egress is what the addresses tell; the verdict is the report's.
 */

#include "cli/watch_table.h"
#include "core/address.h"
#include "ingest/row_read.h"

enum {
	WATCH_PROCESSES_MAX = 20000,
	WATCH_ATTEMPTS_MAX = 100000,
	WATCH_NAMES_MAX = 20000,
	WATCH_WITNESSES_MAX = 64,
	WATCH_OWN_MAX = 256, /* addresses of this machine */
	WATCH_WORD_MAX = 24,
	WATCH_NAME_MAX = 256,
};

/* Texts are cut where they do not fit, and are as foreign as they came. */
struct watch_process {
	uint64_t key; /* the number of its first row */
	int64_t pid, ppid, uid;
	int64_t first_ns, last_ns, status; /* the last two where it ended */
	bool ended, told, session;         /* told: its status is known */
	char comm[32], exe[WATCH_NAME_MAX];
	uint64_t local, egress; /* attempts of the one and the other kind */
	uint64_t sent, received;
};

struct watch_attempt {
	uint64_t key; /* the number of its row */
	int64_t time_ns, pid, uid, error, dport, sport; /* ports: -1: none */
	int64_t sent, received;  /* -1: not known */
	uint64_t process;        /* a process's key; 0: not known */
	bool session, suite, left, closed;
	bool leaves;             /* aimed at another machine, as the report counts it */
	char proto[WATCH_WORD_MAX], call[WATCH_WORD_MAX], outcome[WATCH_WORD_MAX], comm[32];
	char src[ADDRESS_TEXT_MAX], dst[112];
};

struct watch_name {
	uint64_t key;
	int64_t first_ns, last_ns;
	uint64_t count;
	bool leaves; /* it was asked of another machine */
	char name[WATCH_NAME_MAX], how[WATCH_WORD_MAX], type[WATCH_WORD_MAX], result[WATCH_WORD_MAX];
	char server[ADDRESS_TEXT_MAX], answer[96];
};

enum watch_health { WATCH_SEEING, WATCH_BLIND, WATCH_LOST };

struct watch_witness {
	uint64_t key;
	char name[40], state[WATCH_WORD_MAX], detail[160], remedy[160];
	enum watch_health health;
	int64_t since_ns;   /* of its health */
	int64_t sign_ns;    /* the last sign of it; 0: none */
	int64_t lost_ns;    /* when something was lost last; 0: never */
	uint64_t lost;
};

struct watch_model {
	struct watch_table *processes, *attempts, *names, *witnesses; /* owned */
	struct watch_table *rows, *pids, *lookups, *canaries; /* owned: links (watch_rows.h) */
	struct address own[WATCH_OWN_MAX];
	size_t own_count;
	int64_t started_ns, now_ns; /* of the first and the latest row; 0: none yet */
	uint64_t local, egress, others; /* attempts: the session's, and of anybody else's that leave */
	uint64_t names_asked, lost, skipped;
	uint64_t living; /* processes of the session that have not ended */
	bool host;       /* the whole machine is watched: every process is the session's */
	bool closed;     /* the collector came to its end */
	bool command_ended;
	char problem[160]; /* why the chain of the evidence does not hold; "": it does, or nobody knows */
	uint64_t version;  /* grows with every change */
};

struct watch_model *watch_model_new(void);
void watch_model_free(struct watch_model *m); /* NULL-safe */
void watch_model_clear(struct watch_model *m);

/* The wall time of a row; 0 where it tells none. */
int64_t watch_row_time(const struct row_values *row);

/* What a row changed, for whoever tells it on. */
struct watch_change {
	enum {
		WATCH_NOTHING,
		WATCH_PROCESS_BEGAN, /* or goes on as another program */
		WATCH_PROCESS_ENDED,
		WATCH_ATTEMPT,
		WATCH_ATTEMPT_OUTCOME,
		WATCH_NAME,
		WATCH_WITNESS,
		WATCH_END,
	} what;
	const void *record; /* of the kind that `what` tells; good until the next row */
};

/* Rows that say nothing to a watch, and such as cannot be, change nothing. `ret` may be NULL. */
void watch_apply(struct watch_model *m, const struct row_values *row, struct watch_change *ret);

/* Is that witness well, at the time of the model? */
enum watch_health watch_health_of(const struct watch_model *m, const struct watch_witness *w);

/* Whose attempt it is; NULL where nobody told, or it is forgotten. */
const struct watch_process *watch_process_of(const struct watch_model *m, const struct watch_attempt *a);

#endif
