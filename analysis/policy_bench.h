/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_BENCH_H
#define ANALYSIS_POLICY_BENCH_H

/*
 * What a policy says of models: from where on one is good enough. Without thresholds there are
 * figures, and no verdict.
 *
 *   [bench]
 *   pass_complete = 60%
 *   first_token = 2s
 *   tokens_per_s = 10
 *   server_errors = 5%
 */

#include "core/error.h"

enum policy_unit {
	POLICY_SHARE, /* at least, 0 to 1 */
	POLICY_TIME,  /* at most, in milliseconds */
	POLICY_RATE,  /* at least, a second */
};

enum { POLICY_CRITERIA = 8 };

struct policy_criterion {
	const char *key;
	enum policy_unit unit;
	const char *suite; /* whose share of right answers it is about; NULL: of none */
};

extern const struct policy_criterion policy_criteria[POLICY_CRITERIA];

struct policy_bench {
	bool given[POLICY_CRITERIA];
	double wanted[POLICY_CRITERIA];
	double server_errors; /* the share of answers that the server may have failed to give */
	bool server_errors_given;
};

/* The share of server errors where no policy tells another. */
#define POLICY_SERVER_ERRORS 0.05

/* One key of [bench]. Fails with ERR_CONFIG. */
enum status policy_bench_set(struct policy_bench *b, const char *key, const char *value,
			     struct error *err) MUST_CHECK;

/* Is there any threshold? */
bool policy_bench_any(const struct policy_bench *b);

#endif
