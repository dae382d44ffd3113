/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_CONTROL_H
#define ANALYSIS_CONTROL_H

/*
 * The objectives of frameworks that evidence of a run bears on: schema/controls.tsv. The
 * evidence of one host in one window never does more than carry an objective on this host;
 * whether a requirement is fulfilled is for an assessor to say.
 */

#include "core/cursor.h"
#include "core/error.h"

enum { CONTROL_FIELD_MAX = 300, CONTROL_EVIDENCE_MAX = 10 /* kinds, E1 to E10 */ };

/* All in the table that is built in; "-" stands for none. */
struct control {
	struct slice framework, control, rev3, title, objective;
	unsigned evidence, helps; /* a bit for each kind that it takes, and that adds to it: bit 0 for E1 */
	size_t strength;          /* at most, for control_strength() */
	struct slice checks;      /* whose findings bear on it, with commas */
	struct slice limit, person;
	struct slice examine; /* how an assessor does: "Artifact", "Document,Screen Share", … */
};

/* Steps through the table; false at its end. Start with *at = 0. */
bool control_next(size_t *at, struct control *ret);

/* Reads a line. False where it breaks the format. */
bool control_read(struct slice line, struct control *ret);

/* The four words: "not applicable", "weak", "supporting", "carries the objective on this host". */
enum { CONTROL_NOT_APPLICABLE, CONTROL_WEAK, CONTROL_SUPPORTING, CONTROL_CARRIES, CONTROL_STRENGTHS };

const char *control_strength(size_t strength);

/* "E2 connections by process" */
const char *control_evidence(size_t kind);

/* Are all of a list (with commas) frameworks of the table? ERR_CONFIG tells which there are. */
enum status control_frameworks(const char *list, struct error *err) MUST_CHECK;

#endif
