/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POSTURE_H
#define ANALYSIS_POSTURE_H

/*
 * Is the machine set up as a careful developer would? One row of the registry a
 * question; its statement gives the answers, one a product or thing:
 *
 *   state    'ok', 'finding', 'unknown' (could not tell)
 *   subject  the product or thing; ''
 *   found    a sentence without its full stop
 *   source, record  where it stands, or NULL
 *   part     what stands for "{}" in the remedy, or NULL
 *   severity in place of the row's own, or NULL
 *
 * A question without an answer found nothing to look at: 'absent'. Nothing here decides
 * a verdict: how a machine is set up and what left it are two questions.
 */

#include "core/store.h"

enum posture_system { POSTURE_LINUX, POSTURE_MACOS, POSTURE_WINDOWS, POSTURE_SYSTEMS };

struct posture_check {
	const char *id;
	const char *title;
	const char *severity;  /* of a finding */
	const char *looks_at;
	const char *why;       /* why it matters */
	const char *remedy[POSTURE_SYSTEMS]; /* a command or step; NULL: that of Linux, or of macOS */
	enum query query;
};

extern const struct posture_check posture_checks[];
extern const size_t posture_check_count;

/* Judges the posture in a store that is open for writing, inside the caller's
 * transaction; earlier results are replaced, findings are added. Nothing happens where
 * the store holds no posture. */
enum status posture(struct store *store, struct error *err) MUST_CHECK;

/* The same in a transaction of its own, for a store that holds nothing else. */
enum status posture_judge(struct store *store, struct error *err) MUST_CHECK;

/* Steps of posture(). */
enum status posture_known(struct store *store, struct error *err) MUST_CHECK;    /* what is known → rows */
enum status posture_firewall(struct store *store, struct error *err) MUST_CHECK; /* → posture_way */

#endif
