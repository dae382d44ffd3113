/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/verdict.h"

#include "analysis/check.h"
#include "analysis/match_rule.h"

#include <string.h>

const char *const watch_state_names[WATCH_STATES] = {"whole", "blind for a while", "lost records", "covered a part", "missing"};
const char *const finding_kind_names[FINDING_KINDS] = {"", "NOTE", "INCONCLUSIVE", "FAIL"};

static const enum verdict table[WATCH_STATES][FINDING_KINDS] = {
	/*                 none                  NOTE                  INCONCLUSIVE          FAIL */
	[WATCH_WHOLE] = {VERDICT_PASS, VERDICT_PASS, VERDICT_INCONCLUSIVE, VERDICT_FAIL},
	[WATCH_BLIND] = {VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_FAIL},
	[WATCH_LOST] = {VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_FAIL},
	[WATCH_PARTLY] = {VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_FAIL},
	[WATCH_MISSING] = {VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_INCONCLUSIVE, VERDICT_FAIL},
};

enum verdict verdict_of(enum watch_state state, enum finding_kind kind)
{
	return table[state][kind];
}

/* What a check does where it does less than its worst. */
static const struct verdict_row lesser[] = {
	{"egress", FINDING_NOTE, "it was stopped on this machine, and the policy says stopped_attempts = note"},
	{"name_leak", FINDING_NOTE, "it was stopped on this machine, and the policy says stopped_attempts = note"},
	{"log_clock", FINDING_NOTE, "enough pairs agree on another offset"},
	{"clock_step", FINDING_NOTE, "it went ahead, or the machine slept"},
	{"second_place", FINDING_NOTE, "it was told, and the session's own user could change it there"},
	{"witness_missing", FINDING_NOTE, "a witness that the policy does not require"},
	{"witness_blind", FINDING_NOTE, "a witness that the policy does not require"},
	{"witness_loss", FINDING_NOTE, "a witness that the policy does not require"},
	{"unopened_socket", FINDING_NOTE, "of a user as whom nothing of the session runs"},
	{"unseen_socket", FINDING_NOTE, "of a user as whom nothing of the session runs"},
	{"tree_hole", FINDING_NOTE, "it is in the session's control group all the same"},
	{"special_socket", FINDING_NOTE, "a raw socket, whose packets are seen, or one that was refused"},
	{"inherited", FINDING_NOTE, "the kernel shows what is sent over it"},
	{"unix_peer", FINDING_NOTE, "nobody else reached out afterwards"},
	{"udp_connect", FINDING_NOTE, "the kernel shows that nothing was sent"},
	{"isolation_open", FINDING_NOTE, "the kernel witness shows that the session did not connect to it"},
	{"carried", FINDING_NOTE, "the kernel witness saw what the server did, or the policy vouches for it"},
	{"later_process", FINDING_NOTE, "it was watched from its first instruction on"},
	{"left_running", FINDING_NOTE, "the watch was to end at a time"},
	{"unfinished", FINDING_NOTE, "the user ended it"},
	{"log_changed", FINDING_NOTE, "it was rotated or replaced, and followed"},
	{"skipped", FINDING_NOTE, "of a log that belongs to no session, of the posture, of a benchmark of models, of earlier sessions, or of an audit"},
};

/* Findings of a required witness that are a state of the watch, as verdict_worst.sql takes them. */
static const struct {
	const char *check_id, *when;
	enum watch_state state;
} watch[] = {
	{"witness_blind", "it did not report the canaries of some span", WATCH_BLIND},
	{"witness_loss", "it counted records that it could not write", WATCH_LOST},
	{"uncovered", "it is not shown to have seen from before the command to its end", WATCH_PARTLY},
	{"witness_missing", "it did not work, or died", WATCH_MISSING},
	{"witness_part", "it lacked a part that it needs", WATCH_MISSING},
};

static bool is_watch(const char *check_id)
{
	for (size_t i = 0; i < LENGTH(watch); i++)
		if (!strcmp(check_id, watch[i].check_id))
			return true;
	return !strcmp(check_id, "witness_gap"); /* tells the first two apart */
}

static enum finding_kind kind_named(const char *effect)
{
	enum finding_kind kind = FINDING_FAIL;
	while (kind > FINDING_NONE && strcmp(finding_kind_names[kind], effect) != 0)
		kind--;
	return kind;
}

bool verdict_row(size_t n, struct verdict_row *ret)
{
	for (size_t i = 0; i < check_count; i++) {
		if (is_watch(checks[i].id))
			continue;
		*ret = (struct verdict_row){checks[i].id, kind_named(checks[i].effect), checks[i].shows};
		if (n-- == 0)
			return true;
	}
	if (n >= LENGTH(lesser))
		return false;
	*ret = lesser[n];
	return true;
}

static void add_row(struct text *t, const char *first, const char *second, enum finding_kind kind)
{
	text_addf(t, "| %s | %s |", first, second);
	for (int state = 0; state < WATCH_STATES; state++)
		text_addf(t, " %s |", verdict_name(verdict_of((enum watch_state)state, kind)));
	text_add_char(t, '\n');
}

static void add_heading(struct text *t)
{
	text_add_string(t, "| finding | where |");
	for (int state = 0; state < WATCH_STATES; state++)
		text_addf(t, " %s |", watch_state_names[state]);
	text_add_string(t, "\n|---|---|");
	for (int state = 0; state < WATCH_STATES; state++)
		text_add_string(t, "---|");
	text_add_char(t, '\n');
}

static void add_rules(struct text *t)
{
	text_add_string(t, "\n## How entries of logs, attempts and flows are decided\n\n"
			   "Each row of `v_match` names its rule; `airgap-verify crosscheck DIR --explain ID` shows both sides of one.\n\n"
			   "| rule | outcome | worst effect | because |\n|---|---|---|---|\n");
	for (size_t i = 0; i < MATCH_RULES; i++)
		text_addf(t, "| `%s` | %s | %s | %s |\n", match_rules[i].id, match_rules[i].outcome,
			  *match_rules[i].effect ? match_rules[i].effect : "none", match_rules[i].about);
}

static void add_watch(struct text *t)
{
	text_add_string(t, "## The columns\n\nFindings of a required witness; of one that the policy does not require they are notes.\n\n"
			   "| finding | where | column |\n|---|---|---|\n");
	for (size_t i = 0; i < LENGTH(watch); i++)
		text_addf(t, "| `%s` | %s | %s |\n", watch[i].check_id, watch[i].when, watch_state_names[watch[i].state]);
	text_add_char(t, '\n');
}

void verdict_document(struct text *ret)
{
	struct verdict_row row;
	text_add_string(ret, "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
			     "<!-- Printed by `make verdicts` from analysis/verdict.c and analysis/checks.c. -->\n"
			     "# Verdicts\n\n"
			     "The verdict follows from two things: how well the required witnesses watched (the columns; the worst of\n"
			     "them counts), and the worst that any finding does (the rows). FAIL is what is proven, however well it was\n"
			     "watched. PASS takes a whole watch and no finding that does more than to note something.\n\n");
	add_watch(ret);
	text_add_string(ret, "## Every finding\n\n");
	add_heading(ret);
	add_row(ret, "none", "", FINDING_NONE);
	for (size_t i = 0; verdict_row(i, &row); i++) {
		AUTO_TEXT struct text id = text_make(128);
		text_addf(&id, "`%s`", row.check_id);
		add_row(ret, text_string(&id), row.when, row.kind);
	}
	add_rules(ret);
}
