/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_VERDICT_H
#define ANALYSIS_VERDICT_H

/*
 * The verdict table: how well the required witnesses watched, against the worst that
 * any finding does. docs/verdicts.md is printed from it, with each finding there is.
 */

#include "analysis/judge.h"
#include "core/text.h"

/* Of all required witnesses the worst one counts; in this order each is worse than
 * the one before. */
enum watch_state {
	WATCH_WHOLE,   /* each is shown to have seen all of the session, and lost nothing */
	WATCH_BLIND,   /* one did not report the canaries of some span */
	WATCH_LOST,    /* one counted records that it could not write */
	WATCH_PARTLY,  /* one is not shown to have seen from before the command to its end */
	WATCH_MISSING, /* one did not work, died, or lacks a part that it needs */
	WATCH_STATES,
};

enum finding_kind { FINDING_NONE, FINDING_NOTE, FINDING_OPEN, FINDING_FAIL, FINDING_KINDS };

extern const char *const watch_state_names[WATCH_STATES];
extern const char *const finding_kind_names[FINDING_KINDS]; /* as in v_finding.effect; "" for none */

/* What follows from the worst watch of a required witness and the worst finding
 * (docs/verdicts.md). */
enum verdict verdict_of(enum watch_state state, enum finding_kind kind);

/* A finding and what it does; a check may have more than one row. */
struct verdict_row {
	const char *check_id;
	enum finding_kind kind;
	const char *when;
};

/* The rows in order, from 0; false behind the last. Findings that are a state of the
 * watch are no rows. */
bool verdict_row(size_t n, struct verdict_row *ret);

/* docs/verdicts.md. */
void verdict_document(struct text *ret);

#endif
