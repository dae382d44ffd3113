/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/asked.h"

#include <stdio.h>

struct asked asked_nothing(void)
{
	return (struct asked){.prompt_tokens = -1, .tokens = -1, .load_ns = -1, .prompt_ns = -1, .generation_ns = -1};
}

/* A sum of which one part is not known is not known either, but for the first. */
static void add(int64_t *sum, int64_t more, unsigned turns)
{
	if (turns == 0)
		*sum = more;
	else
		*sum = *sum < 0 || more < 0 ? -1 : *sum + more;
}

void asked_add(struct asked *a, const struct server_reply *reply)
{
	if (a->turns == 0)
		a->first_ns = reply->first_ns;
	add(&a->prompt_tokens, reply->prompt_tokens, a->turns);
	add(&a->tokens, reply->tokens, a->turns);
	add(&a->load_ns, reply->load_ns, a->turns);
	add(&a->prompt_ns, reply->prompt_ns, a->turns);
	add(&a->generation_ns, reply->generation_ns, a->turns);
	a->total_ns += reply->total_ns;
	a->tries += reply->tries;
	a->thought_bytes += reply->thought.size;
	a->end = reply->end;
	snprintf(a->detail, sizeof a->detail, "%s", reply->detail);
	a->turns++;
}

enum outcome asked_outcome(enum server_end end)
{
	switch (end) {
	case SERVER_STOPPED:
	case SERVER_LENGTH:
		return OUTCOME_PASSED;
	case SERVER_SLOW:
		return OUTCOME_SLOW;
	case SERVER_CUT:
	case SERVER_MALFORMED:
	case SERVER_BUSY:
	case SERVER_REFUSED:
	case SERVER_GONE:
		break;
	}
	return OUTCOME_SERVER_ERROR;
}
