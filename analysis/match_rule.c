/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/match_rule.h"

#include <stddef.h>
#include <string.h>

const struct match_rule_row match_rules[MATCH_RULES] = {
	[RULE_PAIR] = {"pair", "confirmed", "",
		"destination, port, protocol and process agree, and the times lie within five seconds by the log's clock"},
	[RULE_PAIR_GUESS] = {"pair_guess", "confirmed", "INCONCLUSIVE",
		"all but the time agrees, and the log's zone is a guess that is wide enough for it"},
	[RULE_SUM] = {"sum", "confirmed", "",
		"the entry counts connections over a span of time, and this is one of them"},
	[RULE_AGAIN] = {"again", "confirmed", "",
		"the entry repeats one of the same two ports: a packet that was sent again"},
	[RULE_RETRY] = {"retry", "confirmed", "",
		"it failed, and the log tells of another attempt of the process at the same destination within ten seconds"},
	[RULE_EYEBALLS] = {"eyeballs", "confirmed", "",
		"the log tells of another address of the same name, which the process tried within two seconds (RFC 8305)"},
	[RULE_LIE_BLOCKED] = {"lie_blocked", "contradicted", "FAIL",
		"the log says blocked, and at that time the connection was made or packets left"},
	[RULE_LIE_ALLOWED] = {"lie_allowed", "contradicted", "FAIL",
		"the log says allowed, and at that time this machine denied it and nothing left"},
	[RULE_LIE_NOTHING] = {"lie_nothing", "contradicted", "FAIL",
		"the log says allowed, and a witness that saw everything this process did at that time saw nothing of it"},
	[RULE_BEFORE_KERNEL] = {"before_kernel", "unobserved", "",
		"blocked before the kernel was asked: nothing is there to be seen"},
	[RULE_CLOCK_UNKNOWN] = {"clock_unknown", "unobserved", "INCONCLUSIVE",
		"there are such attempts, at other times, and how far the log's clock is off cannot be told"},
	[RULE_AMBIGUOUS] = {"ambiguous", "unobserved", "INCONCLUSIVE",
		"something else than it says was seen at that time, but whether it speaks of that, or of another program or attempt, cannot be told"},
	[RULE_OUTSIDE] = {"outside", "unobserved", "INCONCLUSIVE",
		"its time lies outside of the watch"},
	[RULE_NOT_WATCHED] = {"not_watched", "unobserved", "INCONCLUSIVE",
		"the process it names was not under watch"},
	[RULE_NOT_COVERED] = {"not_covered", "unobserved", "INCONCLUSIVE",
		"no witness is shown to have seen everything at that time"},
	[RULE_NOTHING_SEEN] = {"nothing_seen", "unobserved", "INCONCLUSIVE",
		"nobody saw it, and the entry does not tell enough (a process, an address) to say that it did not happen"},
	[RULE_SUM_SHORT] = {"sum_short", "unobserved", "INCONCLUSIVE",
		"the entry counts more connections than were seen in its span of time"},
	[RULE_SILENT] = {"silent", "unreported", "INCONCLUSIVE",
		"the machine saw it aimed at another machine, and no log tells of it"},
	[RULE_SILENT_HERE] = {"silent_here", "unreported", "INCONCLUSIVE",
		"another log tells of it; this one tells of others like it by the same program, and not of it"},
	[RULE_NO_PROCESS] = {"no_process", "unattributed", "INCONCLUSIVE",
		"no attempt, no older socket and no habit of the kernel explains these packets"},
};

const struct match_rule_row *match_rule_find(const char *id)
{
	for (size_t i = 0; i < MATCH_RULES; i++)
		if (!strcmp(match_rules[i].id, id))
			return &match_rules[i];
	return NULL;
}
