/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_SESSION_STATE_H
#define COLLECTORS_SESSION_STATE_H

/*
 * A session while it runs, shared by the files that make it up: session.c (its
 * course), session_record.c (what it says of itself), and the platform's.
 */

#include "collectors/canary.h"
#include "collectors/collector.h"
#include "collectors/tell.h"

enum { SESSION_COLLECTORS_MAX = 12 };

/* A collector that was opened. */
struct running {
	const struct collector *collector;
	void *state;    /* its own; NULL once it was stopped */
	uint64_t lost;  /* as it said last */
	int64_t drained_ns;
};

struct session {
	struct watch w;
	struct tell tell;
	int wake;    /* of a collector that wants to be drained at once; -1: none; not owned */
	bool woken;
	struct running running[SESSION_COLLECTORS_MAX];
	size_t running_count;
	struct canaries canaries;
	bool round_open;
	unsigned rounds;
	int64_t until_ns; /* wall time at which watching ended and looking after began */
	int64_t started_ns, next_round_ns, told_ns, ended_ns; /* monotonic; ended: of the command */
	bool command_ended;
	int command_status; /* as wait(2) tells it, where command_ended */
	/* Tells the head of the chain to a second place; NULL where nobody is to hear of it. */
	enum status (*hand_on)(struct session *s, enum head_state state, struct error *err);
	struct error untold; /* of the last one */
	const char *end; /* why the watch ends; NULL: it goes on */
};

/* Why a collector could not be opened, by its place in the registry. */
typedef struct error session_reasons[SESSION_COLLECTORS_MAX];

/* Opens every collector of the registry that works here. */
void session_open_collectors(struct session *s, session_reasons reasons);

/* Was the collector of that name opened, and works? */
bool session_is_running(const struct session *s, const char *collector);

/* How long after a round the next one begins: between 0.4 and 1.6 times `interval_ns`, by `random`, so
 * that nobody can wait for it; after two dozen `rounds` four times as long, for each costs
 * what the tools take. */
int64_t session_interval(int64_t interval_ns, unsigned rounds, uint32_t random);

/* The command ended, with a status as wait(2) tells it. Idempotent. */
void session_command_ended(struct session *s, int status);

/* Records about the session itself. */
void session_write_witnesses(struct session *s, const struct error reasons[]);
enum status session_write_start(struct session *s, struct error *err) MUST_CHECK;
void session_write_command(struct session *s, const char *state, const char *member, int64_t value);
void session_write_failed(struct session *s, const char *problem);
void session_write_left(struct session *s);
void session_write_close(struct session *s);

/* The sum of all loss counters, and in `ret` a JSON object with each. */
uint64_t session_lost(struct session *s, struct text *ret);

#endif
