/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POSTURE_WALK_H
#define ANALYSIS_POSTURE_WALK_H

/*
 * Rulesets in memory, and what becomes of a packet in one of them.
 */

#include "core/arena.h"

struct posture_rule {
	int64_t source, record;
	const char *family, *chain, *verdict, *target, *scope, *text;
};

struct posture_chain {
	int64_t source, record, priority;
	const char *family, *name, *hook, *policy;
};

struct posture_rules {
	struct arena *arena;
	struct posture_rule *rules; /* by source, record, chain, and in their order */
	struct posture_chain *chains;
	const char **devices; /* the machine's interfaces but the loopback; none: they were not seen */
	size_t rule_count, chain_count, device_count;
	int64_t ufw; /* 2: denies by default, 1: allows, 0: it is off */
	bool cut;    /* there were more than fit: nothing can be said to be denied */
};

enum posture_outcome { POSTURE_GOES_ON, POSTURE_ACCEPTED, POSTURE_DENIED, POSTURE_OPEN };

/* `any`: there is a chain at that hook at all. */
struct posture_verdict {
	enum posture_outcome result;
	bool any;
	unsigned holes, wide; /* rules that let something out; those of them for much of the world */
	const char *why, *hole; /* the first wide one, or the first */
};

/* The chains from number `from` up to `to` (without it) are those of one ruleset.
 * `family` is "4" or "6", `hook` "output" or "forward"; what passes either meets chains at
 * postrouting and, by device, at egress too. Texts are those of the rules, or the arena's. */
struct posture_verdict posture_walk(const struct posture_rules *all, size_t from, size_t to,
				    const char *family, const char *hook);

#endif
