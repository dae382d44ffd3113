/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_CONTROL_H
#define ANALYSIS_CONTROL_H

/*
 * The objectives of frameworks that evidence of a run bears on: a line of
 * schema/controls.tsv, or of a site's own (airgap-verify-formats(5)). The evidence of one
 * host in one window never does more than carry an objective on this host; whether a
 * requirement is fulfilled is for an assessor to say.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	CONTROL_FIELD_MAX = 300,
	CONTROL_FRAMEWORK_MAX = 31, /* bytes of the names of a framework, control, objective */
	CONTROL_NAME_MAX = 64,
	CONTROL_EVIDENCE_MAX = 10, /* kinds, E1 to E10 */
};

/* Its texts lie in the line that was read; "-" stands for none. */
struct control {
	struct slice framework, control, rev3, title, objective;
	unsigned evidence, helps; /* a bit for each kind that it takes, and that adds to it: bit 0 for E1 */
	size_t strength;          /* at most, for control_strength() */
	struct slice checks;      /* whose findings bear on it, with commas */
	struct slice limit, person;
	struct slice examine; /* how an assessor does: "Artifact", "Document,Screen Share", … */
};

/* The first line of a table of them. */
extern const char control_heading[];

/* Reads a line. False where it breaks the format: then the column, counted from 1, and what
 * should stand there are told. */
bool control_read(struct slice line, struct control *ret, unsigned *ret_column, const char **ret_why) MUST_CHECK;

/* Could it be the name of a framework? */
bool control_is_framework(struct slice name);

/* The four words: "not applicable", "weak", "supporting", "carries the objective on this host". */
enum { CONTROL_NOT_APPLICABLE, CONTROL_WEAK, CONTROL_SUPPORTING, CONTROL_CARRIES, CONTROL_STRENGTHS };

/* One of the four, as a constant. */
const char *control_strength(size_t strength);

/* "E2 connections by process" */
const char *control_evidence(size_t kind);

#endif
