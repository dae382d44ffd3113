/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_SESSION_STATE_H
#define COLLECTORS_LINUX_SESSION_STATE_H

/*
 * A session while it runs, shared by the files that make it up: session_open.c
 * (with privileges), session_record.c (what it says of itself), session.c (its
 * course).
 */

#include "collectors/canary.h"
#include "collectors/collector.h"
#include "collectors/linux/cgroup.h"
#include "collectors/linux/launch.h"
#include "collectors/tell.h"

enum {
	SESSION_COLLECTORS_MAX = 8,
	SESSION_HELPERS_MAX = 16,
};

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
	struct launch launch;
	struct cgroup cgroup;
	int keeper_hold;
	int watched; /* pidfd of --pid; -1: none */
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
	int command_status; /* as wait() told it, where command_ended */
	const char *end; /* why the watch ends; NULL: it goes on */
	pid_t helpers[SESSION_HELPERS_MAX]; /* children of ours that are not the session's */
	size_t helper_count;
};

/* Why a collector could not be opened, by its place in the registry. */
typedef struct error session_reasons[SESSION_COLLECTORS_MAX];

/* Opens the folder, the cgroup, the held command and the collectors, then gives
 * up all privileges for good. */
enum status session_open(struct session *s, session_reasons reasons, struct error *err) MUST_CHECK;

bool session_is_running(const struct session *s, const char *collector);

/* Processes of the session that live, at most `max`; their number. */
size_t session_living(const struct session *s, uint32_t ret[], size_t max);

/* Remembers which children are our own: called before the command is let go. */
void session_note_helpers(struct session *s);

/* Records about the session itself. */
void session_write_witnesses(struct session *s, const struct error reasons[]);
enum status session_write_start(struct session *s, struct error *err) MUST_CHECK;
void session_write_watched(struct session *s);
void session_write_command(struct session *s, const char *state, const char *member, int64_t value);
void session_write_failed(struct session *s, const char *problem);
void session_write_left(struct session *s);
void session_write_close(struct session *s);

/* The sum of all loss counters, and in `ret` a JSON object with each. */
uint64_t session_lost(struct session *s, struct text *ret);

#endif
