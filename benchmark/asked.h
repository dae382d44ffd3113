/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_ASKED_H
#define BENCHMARK_ASKED_H

/*
 * What one answer took, over all its turns.
 */

#include "benchmark/judge.h"
#include "benchmark/server.h"

struct asked {
	enum server_end end; /* of the last turn */
	char detail[256];
	unsigned turns, tries;
	uint64_t thought_bytes; /* that the server gave apart, and in the text */
	int64_t first_ns; /* of the first turn; 0: nothing came */
	int64_t total_ns;
	/* as the servers say; -1: they do not */
	int64_t prompt_tokens, tokens, load_ns, prompt_ns, generation_ns;
};

struct asked asked_nothing(void);
void asked_add(struct asked *a, const struct server_reply *reply);

/* What a turn that did not come to its end makes of the answer: OUTCOME_PASSED where it
 * can be looked at (it ended, or was cut by the token limit). */
enum outcome asked_outcome(enum server_end end);

#endif
