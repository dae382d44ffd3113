/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_JUDGE_VERDICT_H
#define ANALYSIS_JUDGE_VERDICT_H

#include "analysis/verdict.h"
#include "core/store.h"

/* What a session shows: of everything on its machine, or of the calls of its own processes. */
struct judge_extent {
	bool host, calls_alone;
};

/* Writes the row of `verdict`, with its one sentence in plain words and the time that was
 * watched, both out of the database. Within the transaction of the caller. */
enum status judge_verdict(struct store *store, enum verdict v, const struct judge_extent *e,
			  struct error *err) MUST_CHECK;

#endif
