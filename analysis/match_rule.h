/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MATCH_RULE_H
#define ANALYSIS_MATCH_RULE_H

/*
 * What decides about an entry of a log, an attempt or a flow: each row of `match`
 * names one of these rules.
 */

enum match_rule {
	RULE_PAIR,
	RULE_PAIR_GUESS,
	RULE_SUM,
	RULE_AGAIN,
	RULE_RETRY,
	RULE_EYEBALLS,
	RULE_LIE_BLOCKED,
	RULE_LIE_ALLOWED,
	RULE_LIE_NOTHING,
	RULE_BEFORE_KERNEL,
	RULE_CLOCK_UNKNOWN,
	RULE_AMBIGUOUS,
	RULE_OUTSIDE,
	RULE_NOT_WATCHED,
	RULE_NOT_COVERED,
	RULE_NOTHING_SEEN,
	RULE_SUM_SHORT,
	RULE_SILENT,
	RULE_SILENT_HERE,
	RULE_NO_PROCESS,
	MATCH_RULES,
};

struct match_rule_row {
	const char *id;      /* as in v_match.rule */
	const char *outcome; /* as in v_match.outcome */
	const char *effect;  /* the worst it can do to the verdict; "": nothing */
	const char *about;   /* why, in a sentence that stands behind "because" */
};

extern const struct match_rule_row match_rules[MATCH_RULES];

/* NULL where there is none of that id. */
const struct match_rule_row *match_rule_find(const char *id);

#endif
