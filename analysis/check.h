/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_CHECK_H
#define ANALYSIS_CHECK_H

#include "core/store.h"

/* One question to the evidence: a row of the registry. Its statement writes the
 * findings, each with its effect on the verdict. */
struct check {
	const char *id;    /* as in v_finding.check_id */
	const char *title;
	const char *shows; /* what a finding of it means */
	const char *effect; /* the worst it can do to the verdict */
	enum query query;
};

extern const struct check checks[];
extern const size_t check_count;

#endif
